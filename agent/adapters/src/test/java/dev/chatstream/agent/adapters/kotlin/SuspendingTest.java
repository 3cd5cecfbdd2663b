package dev.chatstream.agent.adapters.kotlin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.JobKt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A function that suspends")
class SuspendingTest {

    private static final Object SUSPENDED = IntrinsicsKt.getCOROUTINE_SUSPENDED();
    private static final String TALK =
            "talk(Ldev/chatstream/agent/adapters/Guarding$Suspending;Lkotlin/coroutines/Continuation;)Ljava/lang/Object;";

    private static Guarding guarding;

    private final CompletableJob parent = JobKt.Job((Job) null);
    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    private final AtomicReference<Continuation<Object>> suspendedIn = new AtomicReference<>();

    SuspendingTest() {
        guarding = Guarding.asConfigured();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        guarding.isOver();
        parent.complete();
        assertThat(parent.isCompleted()).as("no child is left behind").isTrue();
        assertThat(GuardedStream.current()).isNull();
        guarding.close();
        elsewhere.shutdown();
    }

    /** The function, as if it were woven. */
    static Object talk(Guarding.Suspending body, Continuation<Object> continuation) throws Throwable {
        return guarding.suspending(SuspendingTest.class, TALK, new Object[] {body, continuation}, body);
    }

    private Caller caller(CoroutineDispatcher dispatcher) {
        return Caller.in(dispatcher.plus(parent));
    }

    private Caller caller() {
        return caller(Dispatchers.getUnconfined());
    }

    /** Somebody else has the chat, on a thread of its own, until this is run. */
    private Runnable occupied() throws Exception {
        Entry.Entered entered = Await.of(CompletableFuture.supplyAsync(guarding::occupy, elsewhere));
        return () -> elsewhere.execute(entered::leave);
    }

    @SuppressWarnings("unchecked") // its last parameter
    private Object suspend(Object continuation) {
        suspendedIn.set((Continuation<Object>) continuation);
        return SUSPENDED;
    }

    private static Throwable failureOf(Caller caller) throws Exception {
        return Await.of(caller.outcome().handle((value, failure) -> failure));
    }

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

    @Test
    void thatWaitsIsCalledOnItsDispatcher() throws Throwable {
        Runnable leaves = occupied();
        ExecutorService one = Executors.newSingleThreadExecutor(task -> new Thread(task, "the one"));
        Caller caller = caller(ExecutorsKt.from(one));
        assertThat(talk(continuation -> Thread.currentThread().getName() + guarding.isLocked(), caller))
                .isSameAs(SUSPENDED);
        assertThat(caller.outcome()).isNotDone();
        leaves.run();
        assertThat(Await.of(caller.outcome()).toString()).startsWith("the one").endsWith("true");
        one.shutdown();
    }

    @Test
    void thatWaitsAndThenSuspendsHoldsItsChatUntilItIsResumed() throws Throwable {
        Runnable leaves = occupied();
        Caller caller = caller(Dispatchers.getDefault());
        talk(this::suspend, caller);
        leaves.run();
        Await.until("it is called", () -> suspendedIn.get() != null);
        guarding.isHeld();
        suspendedIn.get().resumeWith("answer");
        assertThat(Await.of(caller.outcome())).isEqualTo("answer");
    }

    @Test
    void thatIsRefusedAfterItsWaitResumesItsCallerWithThat() throws Throwable {
        Runnable leaves = occupied();
        Caller caller = caller(Dispatchers.getDefault());
        talk(this::suspend, caller);
        guarding.guard.shutdown();
        assertThat(failureOf(caller)).isInstanceOf(Guarding.Aborted.class);
        leaves.run();
    }

    @Test
    void whoseCallerIsCancelledWhileItWaitsIsNotCalled() throws Throwable {
        Runnable leaves = occupied();
        CancellationException enough = new CancellationException("enough");
        Caller caller = caller(Dispatchers.getDefault());
        talk(this::suspend, caller);
        parent.cancel(enough);
        assertThat(failureOf(caller)).isSameAs(enough);
        assertThat(suspendedIn.get()).isNull();
        leaves.run();
    }

    @Test
    void isCalledAlthoughItsDispatcherIsClosed() throws Throwable {
        Runnable leaves = occupied();
        CoroutineDispatcher closed = new CoroutineDispatcher() {
            @Override
            public void dispatch(kotlin.coroutines.CoroutineContext context, Runnable block) {
                throw new IllegalStateException("closed");
            }
        };
        Caller caller = caller(closed);
        talk(continuation -> "answer", caller);
        leaves.run();
        assertThat(Await.of(caller.outcome())).isEqualTo("answer");
    }

    @Test
    void whereNoDispatcherSaysWhereItsCallerGoesOnKeepsTheThread() throws Throwable {
        Runnable leaves = occupied();
        leaves.run();
        Thread here = Thread.currentThread();
        assertThat(talk(continuation -> Thread.currentThread().equals(here), Caller.in(EmptyCoroutineContext.INSTANCE)))
                .isEqualTo(true);
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

    /** Whoever comes first, the caller is resumed once, and nothing is left. */
    @Test
    void isLetInOrLeftByItsCaller() throws Throwable {
        for (int i = 0; i < 500; i++) {
            Runnable leaves = occupied();
            CompletableJob job = JobKt.Job(parent);
            Caller caller = Caller.in(Dispatchers.getDefault().plus(job));
            talk(continuation -> Unit.INSTANCE, caller);
            Thread leaving = Thread.ofPlatform().start(() -> job.cancel((CancellationException) null));
            leaves.run();
            leaving.join();
            Throwable failure = failureOf(caller);
            assertThat(failure)
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            cancelled -> assertThat(cancelled).isInstanceOf(CancellationException.class));
            guarding.isOver();
        }
    }
}
