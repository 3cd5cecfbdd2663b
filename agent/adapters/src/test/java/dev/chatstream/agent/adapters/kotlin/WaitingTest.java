package dev.chatstream.agent.adapters.kotlin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import kotlinx.coroutines.JobKt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A function that suspends while its chat is busy")
class WaitingTest extends Suspending {

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
