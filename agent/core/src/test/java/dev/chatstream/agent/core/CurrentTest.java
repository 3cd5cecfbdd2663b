package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which stream code runs in, on whatever thread. */
class CurrentTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    @AfterEach
    void nothingIsLeftOnThisThread() {
        assertThat(Scope.here()).isNull();
    }

    private @Nullable GuardedStream current() {
        return pod.guard.current();
    }

    @Test
    void outsideOfAnyStreamThereIsNone() {
        assertThat(current()).isNull();
    }

    @Test
    void itIsTheStreamOfTheMethodUntilThatHasLeft() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        assertThat(current()).isSameAs(method.stream());
        method.leave();
        assertThat(current()).isNull();
    }

    @Test
    void aMethodThatThrowsLeavesNothingBehindEither() {
        Methods.enter(pod.guard, "c").fail();
        assertThat(current()).isNull();
    }

    @Test
    void anInnerStreamOfAnotherChatIsItUntilThatEndsThenTheOuter() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        Entry.Entered inner = Methods.enter(pod.guard, "d");
        assertThat(current()).isSameAs(inner.stream());
        assertThat(world.server.lock("c")).isPresent();
        assertThat(world.server.lock("d")).isPresent();
        inner.leave();
        assertThat(current()).isSameAs(outer.stream());
        outer.leave();
    }

    @Test
    void aStreamWithoutAChatIsItToo() {
        Entry.Entered method = Methods.enter(pod.guard, (String) null);
        assertThat(current()).isSameAs(method.stream());
        method.leave();
    }

    @Test
    void virtualThreadsInheritItAndThoseThatTheyStartToo() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        try (Actor child = Actor.onVirtualThread()) {
            assertThat(child.get(this::current)).isSameAs(method.stream());
            try (Actor grandchild = child.get(Actor::onVirtualThread)) {
                assertThat(grandchild.get(this::current)).isSameAs(method.stream());
                method.leave();
                assertThat(grandchild.get(this::current)).as("after the end").isNull();
            }
            assertThat(child.get(this::current)).as("after the end").isNull();
        }
    }

    @Test
    void aVirtualThreadInheritsTheOuterStreamToo() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        Entry.Entered inner = Methods.enter(pod.guard, "d");
        try (Actor child = Actor.onVirtualThread()) {
            inner.leave();
            assertThat(child.get(this::current)).isSameAs(outer.stream());
        }
        outer.leave();
    }

    @Test
    void tasksOfAVirtualThreadPerTaskExecutorInheritItFromWhoeverSubmits() throws Exception {
        try (ExecutorService perTask = Executors.newVirtualThreadPerTaskExecutor()) {
            Entry.Entered method = Methods.enter(pod.guard, "c");
            assertThat(perTask.submit(this::current).get()).isSameAs(method.stream());
            method.leave();
            assertThat(perTask.submit(this::current).get()).isNull();
        }
    }

    @Test
    void platformThreadsNeverInheritIt() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        try (Actor child = Actor.onPlatformThread()) {
            assertThat(child.get(this::current)).isNull();
            try (Actor grandchild = child.get(Actor::onVirtualThread)) {
                assertThat(grandchild.get(this::current)).isNull();
            }
        }
        method.leave();
    }

    @Test
    void aPlatformThreadThatNeverLookedHandsNothingOnToItsPlatformThreads() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        try (Actor child = Actor.onPlatformThread();
                Actor grandchild = child.get(Actor::onPlatformThread)) {
            assertThat(grandchild.get(this::current)).isNull();
        }
        method.leave();
    }

    @Test
    void aPoolThatIsMadeInsideKeepsNothingAlive() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        List<WeakReference<?>> inside = new ArrayList<>();
        try (Actor method = Actor.onPlatformThread()) {
            method.run(() -> inside.addAll(startThreadOf(pool)));
        }
        for (WeakReference<?> reference : inside) {
            assertThat(Garbage.isCollected(reference)).isTrue();
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    /** What is inside: the stream, the thread of the method, the class loader of the application. */
    private List<WeakReference<?>> startThreadOf(ExecutorService pool) throws Exception {
        ClassLoader application = new URLClassLoader(new URL[0]);
        Thread.currentThread().setContextClassLoader(application);
        Entry.Entered method = Methods.enter(pod.guard, "c");
        method.stream().onAbort(reason -> application.getName());
        Thread worker = pool.submit(Thread::currentThread).get();
        worker.setContextClassLoader(null);
        method.leave();
        return List.of(
                new WeakReference<>(method.stream()),
                new WeakReference<>(Thread.currentThread()),
                new WeakReference<>(application));
    }

    @Test
    void aVirtualThreadThatOutlivesTheStreamKeepsNothingAlive() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        try (Actor child = Actor.onVirtualThread()) {
            method.leave();
            WeakReference<?> stream = new WeakReference<>(method.stream());
            method = null;
            assertThat(Garbage.isCollected(stream)).isTrue();
        }
    }

    @Test
    void theTimerOfAGraceDoesNotKeepAStreamThatHasEnded() {
        WeakReference<?> stopped = new WeakReference<>(stoppedAndEnded());
        assertThat(pod.guard.engine().timetable().untilNext()).isLessThan(Beat.NEVER);
        assertThat(Garbage.isCollected(stopped)).isTrue();
    }

    private GuardedStream stoppedAndEnded() {
        Entry.Entered method = Methods.enter(pod.guard, Methods.call(Methods.UNINTERRUPTIBLE, "c"));
        pod.guard.abortChat("c").join();
        method.leave();
        return method.stream();
    }

    @Test
    void generationsOfThreadsDoNotPileUp() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        CompletableFuture<Scope> thousandth = new CompletableFuture<>();
        generation(1000, thousandth);
        Scope inherited = Actor.await(thousandth);
        assertThat(inherited.depth()).isEqualTo(1);
        method.leave();
    }

    private static void generation(int left, CompletableFuture<Scope> last) {
        Thread.ofVirtual().start(() -> {
            if (left == 0) {
                last.complete(Scope.here());
            } else {
                generation(left - 1, last);
            }
        });
    }
}
