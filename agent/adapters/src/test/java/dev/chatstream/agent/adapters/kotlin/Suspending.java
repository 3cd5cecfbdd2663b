package dev.chatstream.agent.adapters.kotlin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.JobKt;
import org.junit.jupiter.api.AfterEach;

/** A function that suspends, over the real engine. */
abstract class Suspending {

    static final Object SUSPENDED = IntrinsicsKt.getCOROUTINE_SUSPENDED();
    static final String TALK =
            "talk(Ldev/chatstream/agent/adapters/Guarding$Suspending;Lkotlin/coroutines/Continuation;)Ljava/lang/Object;";

    final Guarding guarding = Guarding.asConfigured();

    final CompletableJob parent = JobKt.Job((Job) null);
    final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    final AtomicReference<Continuation<Object>> suspendedIn = new AtomicReference<>();

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
    Object talk(Guarding.Suspending body, Continuation<Object> continuation) throws Throwable {
        return guarding.suspending(Suspending.class, TALK, this, new Object[] {body, continuation}, body);
    }

    Caller caller(CoroutineDispatcher dispatcher) {
        return Caller.in(dispatcher.plus(parent));
    }

    Caller caller() {
        return caller(Dispatchers.getUnconfined());
    }

    /** Somebody else has the chat, on a thread of its own, until this is run. */
    Runnable occupied() throws Exception {
        Entry.Entered entered = Await.of(CompletableFuture.supplyAsync(guarding::occupy, elsewhere));
        return () -> elsewhere.execute(entered::leave);
    }

    @SuppressWarnings("unchecked") // its last parameter
    Object suspend(Object continuation) {
        suspendedIn.set((Continuation<Object>) continuation);
        return SUSPENDED;
    }

    static Throwable failureOf(Caller caller) throws Exception {
        return Await.of(caller.outcome().handle((value, failure) -> failure));
    }
}
