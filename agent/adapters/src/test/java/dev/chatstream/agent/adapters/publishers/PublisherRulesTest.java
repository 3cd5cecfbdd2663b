package dev.chatstream.agent.adapters.publishers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.scheduler.NonBlocking;

/** What holds for every kind of publisher that a guarded method returns. */
@ParameterizedClass
@MethodSource("dev.chatstream.agent.adapters.publishers.Kinds#all")
@DisplayName("A returned publisher")
class PublisherRulesTest {

    private final Kind<Object> kind;
    private final Upstream upstream = new Upstream();
    private final Heard heard = new Heard();
    private Guarding guarding = Guarding.asConfigured();

    PublisherRulesTest(Kinds row) {
        this.kind = row.kind;
    }

    @AfterEach
    void close() {
        guarding.close();
    }

    private Object returned() {
        return guarding.call(kind.declared(), () -> kind.over(upstream));
    }

    private Object returnedBy(Guarding other) {
        guarding.close();
        guarding = other;
        return returned();
    }

    private void isSubscribedTo(Object publisher) throws Exception {
        kind.subscribe(publisher, heard);
        upstream.awaitSubscriptions(1);
        guarding.isHeld();
        assertThat(heard.hasEnded()).isFalse();
    }

    /** Runs it on a thread that must not block. */
    private static <T> T onAnEventLoop(Supplier<T> code) throws Exception {
        class EventLoop extends Thread implements NonBlocking {
            final CompletableFuture<T> result = new CompletableFuture<>();

            @Override
            public void run() {
                try {
                    result.complete(code.get());
                } catch (Throwable thrown) {
                    result.completeExceptionally(thrown);
                }
            }
        }
        EventLoop loop = new EventLoop();
        loop.start();
        return Await.of(loop.result);
    }

    @Test
    void holdsTheChatUntilItIsDoneAndGivesWhatItsSourceGives() throws Exception {
        isSubscribedTo(returned());
        kind.play(upstream.emitter());
        assertThat(heard.end()).isEmpty();
        assertThat(heard.elements).isEqualTo(kind.played());
        guarding.becomesFree();
        assertThat(heard.ends()).isEqualTo(1);
        assertThat(guarding.said()).isEmpty();
    }

    @Test
    void thatFailsHandsOnTheFailureAsItIs() throws Exception {
        isSubscribedTo(returned());
        Throwable failure = new java.io.IOException("the model broke");
        upstream.emitter().fail(failure);
        assertThat(heard.end().orElseThrow()).isSameAs(failure);
        guarding.becomesFree();
    }

    @Test
    void thatIsCancelledCancelsItsSource() throws Exception {
        isSubscribedTo(returned());
        heard.cancel();
        upstream.awaitCancel();
        guarding.becomesFree();
        assertThat(heard.ends()).isZero();
    }

    @Test
    void thatIsStoppedCancelsItsSourceAndTellsItsConsumer() throws Exception {
        isSubscribedTo(returned());
        guarding.stop();
        upstream.awaitCancel();
        assertThat(heard.end().orElseThrow())
                .isInstanceOfSatisfying(
                        Guarding.Aborted.class,
                        aborted -> assertThat(aborted.reason).isEqualTo(AbortReason.STOPPED));
        guarding.becomesFree();
        upstream.emitter().next("late");
        assertThat(heard.elements).isEmpty();
        assertThat(heard.ends()).isEqualTo(1);
    }

    @Test
    void underCompleteEndsNormallyAfterAStopWhereItCan() throws Exception {
        isSubscribedTo(returnedBy(Guarding.completingOnStop()));
        guarding.stop();
        upstream.awaitCancel();
        Optional<Throwable> end = heard.end();
        if (kind.arity() == Kind.Arity.ONE) {
            assertThat(end.orElseThrow()).isInstanceOf(Guarding.Aborted.class);
        } else {
            assertThat(end).isEmpty();
        }
        guarding.becomesFree();
    }

    @Test
    void thatLosesItsLockIsAborted() throws Exception {
        isSubscribedTo(returnedBy(Guarding.completingOnStop()));
        guarding.guard.shutdown();
        upstream.awaitCancel();
        assertThat(heard.end().orElseThrow())
                .as("which is no normal end, whatever is configured for a Stop")
                .isInstanceOf(Guarding.Aborted.class);
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
        upstream.emitter().fail(new java.io.IOException("once"));
        upstream.awaitSubscriptions(2);
        assertThat(guarding.stream().holdsLock()).isTrue();
        assertThat(guarding.stream().fence()).isEqualTo(fence);
        kind.play(upstream.emitter());
        assertThat(heard.end()).isEmpty();
        guarding.becomesFree();
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

    @Test
    void thatEverybodyForgetsGivesItsLockBack() throws Exception {
        forget();
        Await.collected("the chat is free", () -> !guarding.isLocked());
        assertThat(guarding.said()).singleElement().asString().contains("forgot");
    }

    private void forget() {
        Upstream forgotten = new Upstream();
        Object publisher = guarding.call(kind.declared(), () -> kind.over(forgotten));
        kind.subscribe(publisher, new Heard());
        assertThat(forgotten.subscriptions()).isEqualTo(1);
        guarding.isHeld();
    }

    @Test
    void whoseOneValueGoesOnHoldsTheChatUntilThatIsOver() throws Exception {
        Assumptions.assumeTrue(kind.arity() == Kind.Arity.ONE || kind.arity() == Kind.Arity.ONE_OR_NONE);
        isSubscribedTo(returned());
        upstream.emitter().next(List.of("a", "b").iterator());
        assertThat(heard.end()).isEmpty();
        Iterator<?> value = (Iterator<?>) heard.elements.getFirst();
        assertThat(value.next()).isEqualTo("a");
        guarding.isHeld();
        assertThat(value.next()).isEqualTo("b");
        assertThat(value.hasNext()).isFalse();
        guarding.becomesFree();
        assertThat(guarding.said()).isEmpty();
    }

    @Test
    void whoseOneValueGoesOnIsStoppedThere() throws Exception {
        Assumptions.assumeTrue(kind.arity() == Kind.Arity.ONE || kind.arity() == Kind.Arity.ONE_OR_NONE);
        isSubscribedTo(returned());
        upstream.emitter().next(List.of("a", "b").iterator());
        Iterator<?> value = (Iterator<?>) heard.elements.getFirst();
        guarding.stop();
        guarding.becomesFree();
        assertThatThrownBy(value::next).isInstanceOf(Guarding.Aborted.class);
    }

    @Test
    void runsInsideItsStream() throws Exception {
        CompletableFuture<Boolean> inside = new CompletableFuture<>();
        Upstream looking = new Upstream() {
            @Override
            void subscribed(Emitter by) {
                inside.complete(guarding.stream().equals(guarding.guard.current()));
                super.subscribed(by);
            }
        };
        Object publisher = guarding.call(kind.declared(), () -> kind.over(looking));
        kind.subscribe(publisher, heard);
        assertThat(Await.of(inside)).isTrue();
    }
}
