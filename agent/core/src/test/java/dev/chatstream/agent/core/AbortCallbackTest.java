package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.core.World.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** onAbort: what runs when a stream is aborted. */
class AbortCallbackTest {

    private final World world = new World();
    private final Pod pod = world.pod();

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    /** Until the callbacks' threads have let go of the stream. */
    private void awaitFree(String chatId) {
        while (pod.guard.engine().places().find(chatId) != null) {
            Thread.onSpinWait();
        }
    }

    @Test
    void eachRunsOnAVirtualThreadOfItsOwn() throws Exception {
        OpenStream stream = pod.open("c");
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch allAtOnce = new CountDownLatch(3);
        List<CompletableFuture<Boolean>> done = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Boolean> one = new CompletableFuture<>();
            done.add(one);
            stream.onAbort(reason -> {
                threads.add(Thread.currentThread());
                allAtOnce.countDown(); // none can go on before all have begun
                one.complete(await(allAtOnce));
            });
        }
        pod.guard.abortChat("c").join();
        for (CompletableFuture<Boolean> one : done) {
            assertThat(get(one)).isTrue();
        }
        assertThat(threads).hasSize(3).allMatch(Thread::isVirtual).doesNotContain(Thread.currentThread());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            return false;
        }
    }

    @Test
    void itIsToldTheReason() throws Exception {
        OpenStream stream = pod.open("c");
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        stream.onAbort(told::complete);
        world.server.mark(stream.streamId());
        world.advanceSeconds(1);
        assertThat(get(told)).isEqualTo(AbortReason.STOPPED);
    }

    @Test
    void itRunsAtOnceWhereTheStreamIsAbortedAlready() throws Exception {
        OpenStream stream = pod.open("c");
        pod.guard.abortChat("c").join();
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        stream.onAbort(reason -> ran.complete(Thread.currentThread()));
        assertThat(get(ran)).matches(Thread::isVirtual);
    }

    @Test
    void itRunsInsideItsStream() throws Exception {
        OpenStream stream = pod.open("c");
        CompletableFuture<GuardedStream> current = new CompletableFuture<>();
        stream.onAbort(reason -> current.complete(pod.guard.current()));
        pod.guard.abortChat("c").join();
        assertThat(get(current)).isSameAs(stream);
    }

    @Test
    void oneThatThrowsIsLoggedAndTheOthersRun() throws Exception {
        OpenStream stream = pod.open("c");
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        stream.onAbort(reason -> {
            throw new IllegalStateException("of the application's");
        });
        stream.onAbort(told::complete);
        pod.guard.abortChat("c").join();
        assertThat(get(told)).isNotNull();
        stream.depart();
        awaitFree("c");
        assertThat(pod.journal.ofKind("callback-failed")).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(Level.WARN);
            assertThat(line.message()).contains("of the application's", stream.streamId());
        });
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void theStreamKeepsItsLockWhileOneRuns() throws Exception {
        OpenStream stream = pod.open("c");
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> running = new CompletableFuture<>();
        stream.onAbort(reason -> {
            running.complete(null);
            await(goOn);
        });
        pod.guard.abortChat("c").join();
        get(running);
        stream.depart();
        assertThat(stream.isOpen()).isTrue();
        assertThat(stream.holdsLock()).isTrue();
        assertThat(world.server.lock("c")).contains(stream.streamId());
        goOn.countDown();
        awaitFree("c");
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void oneThatDoesNotReturnKeepsTheLockNoLongerThanTheGrace() throws Exception {
        OpenStream stream = pod.open("c");
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> running = new CompletableFuture<>();
        stream.onAbort(reason -> {
            running.complete(null);
            await(goOn);
        });
        pod.guard.abortChat("c").join();
        get(running);
        stream.depart();
        world.advanceSeconds(10);
        assertThat(world.server.lock("c")).isEmpty();
        assertThat(pod.journal.ofKind("given-back")).hasSize(1);
        goOn.countDown();
    }

    @Test
    void oneThatIsClosedDoesNotRun() throws Exception {
        OpenStream stream = pod.open("c");
        CompletableFuture<AbortReason> closed = new CompletableFuture<>();
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        stream.onAbort(closed::complete).close();
        stream.onAbort(told::complete);
        pod.guard.abortChat("c").join();
        get(told);
        stream.depart();
        awaitFree("c");
        assertThat(closed).isNotDone();
    }

    @Test
    void itRunsOnceHoweverOftenTheStreamIsAborted() throws Exception {
        OpenStream stream = pod.open("c");
        Set<AbortReason> reasons = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> ran = new CompletableFuture<>();
        stream.onAbort(reason -> {
            assertThat(reasons.add(reason)).isTrue();
            ran.complete(null);
        });
        assertThat(stream.abort(AbortReason.STOPPED, "test")).isTrue();
        assertThat(stream.abort(AbortReason.MAX_HOLD, "test")).isFalse();
        get(ran);
        stream.depart();
        awaitFree("c");
        assertThat(reasons).containsExactly(AbortReason.STOPPED);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void itDoesNotRunWhereTheStreamJustEnds() {
        OpenStream stream = pod.open("c");
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        stream.onAbort(told::complete);
        stream.depart();
        stream.abort(AbortReason.STOPPED, "too late");
        assertThat(told).isNotDone();
    }

    @Test
    void itHasTheContextClassLoaderOfWhoeverRegisteredIt() throws Exception {
        OpenStream stream = pod.open("c");
        Thread me = Thread.currentThread();
        ClassLoader before = me.getContextClassLoader();
        ClassLoader applications = new ClassLoader(before) {};
        CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
        me.setContextClassLoader(applications);
        try {
            stream.onAbort(reason -> seen.complete(Thread.currentThread().getContextClassLoader()));
        } finally {
            me.setContextClassLoader(before);
        }
        pod.guard.abortChat("c").join();
        assertThat(get(seen)).isSameAs(applications);
    }

    @Test
    void whatAValueDoesWhenItsStreamIsAbortedDoesNotKeepTheLock() throws Exception {
        OpenStream stream = pod.open("c");
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> running = new CompletableFuture<>();
        stream.whenAborted(reason -> {
            running.complete(null);
            await(goOn);
        });
        pod.guard.abortChat("c").join();
        get(running);
        stream.depart();
        assertThat(world.server.lock("c")).isEmpty();
        goOn.countDown();
    }
}
