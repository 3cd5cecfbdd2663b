package dev.chatstream.agent.adapters.kotlin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.GuardedStream;
import java.util.concurrent.CompletableFuture;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A function that suspends")
class SuspendingTest extends Suspending {

    @Test
    void thatReturnsAtOnceIsInsideUntilThen() throws Throwable {
        Object answer = talk(continuation -> guarding.isLocked() && GuardedStream.current() != null, caller());
        assertThat(answer).isEqualTo(true);
    }

    @Test
    void thatThrowsThrowsTheSame() {
        Exception its = new Exception("checked, and not declared");
        assertThatThrownBy(() -> talk(
                        continuation -> {
                            throw its;
                        },
                        caller()))
                .isSameAs(its);
    }

    @Test
    void holdsItsChatUntilItsCallerIsResumed() throws Throwable {
        Caller caller = caller();
        CompletableFuture<Boolean> lockedAfterwards = caller.outcome().thenApply(answer -> guarding.isLocked());
        assertThat(talk(this::suspend, caller)).isSameAs(SUSPENDED);
        assertThat(GuardedStream.current()).isNull();
        guarding.isHeld();
        suspendedIn.get().resumeWith("answer");
        assertThat(Await.of(caller.outcome())).isEqualTo("answer");
        assertThat(Await.of(lockedAfterwards)).isFalse();
    }

    @Test
    void thatIsStoppedIsCancelledAndItsCallerIsNot() throws Throwable {
        talk(this::suspend, caller());
        Job job = suspendedIn.get().getContext().get(Job.Key);
        guarding.stop();
        Await.until("its job is cancelled", job::isCancelled);
        assertThat(job.getCancellationException()).isInstanceOf(Guarding.Aborted.class);
        assertThat(parent.isActive()).isTrue();
        suspendedIn.get().resumeWith("as it likes");
    }

    /** A continuation as the compiler makes it for each function. */
    static class Labelled extends ContinuationImpl {
        private static final long serialVersionUID = 1;
        int label;

        Labelled(Continuation<Object> caller, int label) {
            super(caller);
            this.label = label;
        }

        @Override
        protected @Nullable Object invokeSuspend(Object result) {
            return result;
        }
    }

    /** The same, after a tool that renames fields. */
    static final class Renamed extends ContinuationImpl {
        private static final long serialVersionUID = 1;

        Renamed(Continuation<Object> caller) {
            super(caller);
        }

        @Override
        protected @Nullable Object invokeSuspend(Object result) {
            return result;
        }
    }

    @Test
    void thatIsResumedIsNotCalledAnew() throws Throwable {
        Labelled resumed = new Labelled(caller(), 1 | Integer.MIN_VALUE);
        assertThat(talk(continuation -> continuation == resumed && !guarding.isLocked(), resumed))
                .isEqualTo(true);
    }

    @Test
    void thatCallsItselfIsCalledAnew() throws Throwable {
        Labelled caller = new Labelled(caller(), 1);
        assertThat(talk(continuation -> continuation != caller && guarding.isLocked(), caller))
                .isEqualTo(true);
    }

    @Test
    void ofWhichCannotBeToldWhetherItIsResumedRunsUnguarded() throws Throwable {
        Renamed unknown = new Renamed(caller());
        assertThat(talk(continuation -> continuation == unknown && !guarding.isLocked(), unknown))
                .isEqualTo(true);
    }

    @Test
    void thatEverybodyForgetsFreesItsChat() throws Throwable {
        Object unused = talk(this::suspend, Caller.in(Dispatchers.getDefault()));
        suspendedIn.set(null);
        Await.collected("its chat is free", () -> !guarding.isLocked());
        assertThat(guarding.said())
                .singleElement()
                .asString()
                .contains("Chat#stream suspended in something that everybody forgot");
    }
}
