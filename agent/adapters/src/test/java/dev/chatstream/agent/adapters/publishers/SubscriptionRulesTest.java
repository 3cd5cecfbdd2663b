package dev.chatstream.agent.adapters.publishers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.EventLoop;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** When a subscription to it has its chat, for every kind of publisher that a guarded method returns. */
@ParameterizedClass
@MethodSource("dev.chatstream.agent.adapters.publishers.Kinds#all")
@DisplayName("A returned publisher that is subscribed to")
class SubscriptionRulesTest extends Published {

    SubscriptionRulesTest(Kinds row) {
        super(row);
    }

    @Test
    void thatNobodySubscribesToGivesItsLockBack() throws Exception {
        Object publisher = returnedBy(Guarding.withSubscribeTimeout(Duration.ofMillis(100)));
        guarding.becomesFree();
        assertThat(guarding.said()).singleElement().asString().contains("subscribe-timeout");
        isSubscribedTo(publisher);
        kind.play(upstream.emitter());
        guarding.becomesFree();
    }

    @Test
    void isSubscribedToASecondTimeInItsTurn() throws Exception {
        Object publisher = returned();
        isSubscribedTo(publisher);
        long fence = guarding.stream().fence();
        Heard second = new Heard();
        kind.subscribe(publisher, second);
        assertThat(upstream.subscriptions()).isEqualTo(1);
        kind.play(upstream.emitter());
        upstream.awaitSubscriptions(2);
        assertThat(heard.end()).isEmpty();
        guarding.isHeld();
        assertThat(guarding.stream().fence()).isEqualTo(fence);
        kind.play(upstream.emitter());
        assertThat(second.end()).isEmpty();
        assertThat(second.elements).isEqualTo(kind.played());
        guarding.becomesFree();
    }

    @Test
    void whoseConsumerLeavesWhileItWaitsNeverRuns() throws Exception {
        Object publisher = returned();
        isSubscribedTo(publisher);
        Heard second = new Heard();
        kind.subscribe(publisher, second);
        second.cancel();
        kind.play(upstream.emitter());
        guarding.becomesFree();
        assertThat(upstream.subscriptions()).isEqualTo(1);
        assertThat(second.ends()).isZero();
    }

    @Test
    void thatIsTriedAgainInsideItsLastSignalKeepsItsLeaseUnderRejectToo() throws Exception {
        Object guarded = returnedBy(Guarding.rejecting());
        Object retrying = kind.retryingOnce(guarded);
        Assumptions.assumeFalse(retrying.equals(guarded), "it has no operator for that");
        isSubscribedTo(retrying);
        long fence = guarding.stream().fence();
        upstream.emitter().fail(new IOException("once"));
        upstream.awaitSubscriptions(2);
        assertThat(guarding.stream().holdsLock()).isTrue();
        assertThat(guarding.stream().fence()).isEqualTo(fence);
        kind.play(upstream.emitter());
        assertThat(heard.end()).isEmpty();
        guarding.becomesFree();
    }

    /** Operators that try again do so in a loop of the thread that subscribed: then it is there, and after the last signal. */
    @Test
    void thatFailsWhileItIsSubscribedToDoesNotFindItselfBusyWhenItIsTriedAgain() throws Exception {
        isTriedAgain(first -> first.fail(new IOException("at once")));
    }

    @Test
    void thatFailsOnAnotherThreadWhileItIsSubscribedToDoesNotFindItselfBusyWhenItIsTriedAgain() throws Exception {
        isTriedAgain(first -> EventLoop.call(() -> {
            first.fail(new IOException("elsewhere"));
            return true;
        }));
    }

    private void isTriedAgain(Consumer<Upstream.Emitter> atFirst) throws Exception {
        Object guarded = returnedBy(Guarding.rejecting());
        Object retrying = kind.retryingOnce(guarded);
        Assumptions.assumeFalse(retrying.equals(guarded), "it has no operator for that");
        upstream.atFirst(atFirst);
        kind.subscribe(retrying, heard);
        upstream.awaitSubscriptions(2);
        guarding.isHeld();
        kind.play(upstream.emitter());
        assertThat(heard.end()).isEmpty();
        guarding.isOver();
    }

    @Test
    void thatIsStoppedIsNotTriedAgain() throws Exception {
        Object guarded = returned();
        Object retrying = kind.retryingOnce(guarded);
        isSubscribedTo(retrying);
        guarding.stop();
        assertThat(heard.end().orElseThrow()).isInstanceOf(Guarding.Aborted.class);
        assertThat(upstream.subscriptions()).isEqualTo(1);
        guarding.becomesFree();
    }

    @Test
    void onAnEventLoopIsStoppedAsAnywhere() throws Exception {
        Object publisher = onAnEventLoop(this::returned);
        onAnEventLoop(() -> {
            kind.subscribe(publisher, heard);
            return true;
        });
        upstream.awaitSubscriptions(1);
        guarding.isHeld();
        guarding.stop();
        upstream.awaitCancel();
        assertThat(heard.end().orElseThrow()).isInstanceOf(Guarding.Aborted.class);
        guarding.becomesFree();
    }

    @Test
    void onAnEventLoopTakesItsChatWhenItIsSubscribedTo() throws Exception {
        Object publisher = onAnEventLoop(this::returned);
        assertThat(guarding.isLocked()).isFalse();
        onAnEventLoop(() -> {
            kind.subscribe(publisher, heard);
            return true;
        });
        upstream.awaitSubscriptions(1);
        guarding.isHeld();
        kind.play(upstream.emitter());
        assertThat(heard.end()).isEmpty();
        guarding.becomesFree();
    }

    @Test
    void onAnEventLoopSignalsABusyChatAsAnError() throws Exception {
        guarding.close();
        guarding = Guarding.rejecting();
        Entry.Entered other = guarding.occupy();
        Object publisher = onAnEventLoop(this::returned);
        onAnEventLoop(() -> {
            kind.subscribe(publisher, heard);
            return true;
        });
        assertThat(heard.end().orElseThrow()).isInstanceOf(Guarding.Busy.class);
        assertThat(upstream.subscriptions()).isZero();
        other.leave();
    }
}
