package dev.chatstream.agent.adapters.publishers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every kind of publisher that a guarded method returns. */
@ParameterizedClass
@MethodSource("dev.chatstream.agent.adapters.publishers.Kinds#all")
@DisplayName("A returned publisher")
class PublisherRulesTest extends Published {

    PublisherRulesTest(Kinds row) {
        super(row);
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
