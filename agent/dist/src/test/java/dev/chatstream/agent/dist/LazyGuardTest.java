package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.core.GuardSettings;
import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.StreamGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LazyGuardTest {

    private final List<String> told = new ArrayList<>();
    private final AtomicReference<Runnable> shutdown = new AtomicReference<>(() -> {});
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicReference<Thread> maker = new AtomicReference<>();
    private LastHook.Placed placed = LastHook.Placed.AFTER_THE_HOOKS;

    private final Journal journal = new Journal() {
        @Override
        public boolean tells(Level level) {
            return true;
        }

        @Override
        public void tell(Level level, String kind, String message, @Nullable Throwable cause) {
            told.add(level + " " + message);
        }
    };

    private final LazyGuard.Parts parts = new LazyGuard.Parts() {
        @Override
        public StreamGuard make() {
            made.incrementAndGet();
            maker.set(Thread.currentThread());
            GuardSettings settings = Read.nothing().settings().guard();
            return StreamGuard.start(settings, null, journal);
        }

        @Override
        public LastHook.Placed atExit(Runnable task) {
            shutdown.set(task);
            return placed;
        }
    };

    @AfterEach
    void endTheEngine() {
        shutdown.get().run();
    }

    @Test
    void nothingIsMadeBeforeItIsNeeded() {
        new LazyGuard(parts, journal);

        assertThat(made).hasValue(0);
    }

    @Test
    void itIsMadeOnceHoweverManyAskAtOnce() throws InterruptedException {
        LazyGuard guard = new LazyGuard(parts, journal);
        List<StreamGuard> answers = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            askers.add(Thread.ofPlatform().start(() -> {
                awaited(go);
                StreamGuard answer = guard.get();
                synchronized (answers) {
                    answers.add(answer);
                }
            }));
        }
        go.countDown();
        for (Thread asker : askers) {
            asker.join();
        }

        assertThat(made).hasValue(1);
        assertThat(answers).hasSize(8).containsOnly(guard.get());
    }

    @Test
    void itIsMadeOnAThreadThatKeepsNothingOfTheApplication() {
        InheritableThreadLocal<String> ofTheApplication = new InheritableThreadLocal<>();
        ofTheApplication.set("of a request");
        AtomicReference<String> seen = new AtomicReference<>();
        ClassLoader ofAWebApplication = new ClassLoader() {};
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(ofAWebApplication);
        try {
            new LazyGuard(
                            new LazyGuard.Parts() {
                                @Override
                                public StreamGuard make() {
                                    seen.set(ofTheApplication.get());
                                    return parts.make();
                                }

                                @Override
                                public LastHook.Placed atExit(Runnable task) {
                                    return parts.atExit(task);
                                }
                            },
                            journal)
                    .get();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }

        assertThat(seen).hasNullValue();
        assertThat(maker.get().isDaemon()).isTrue();
        assertThat(maker.get().getName()).isEqualTo("chatstream-start");
    }

    @Test
    void anInterruptedCallerGetsItAllTheSameAndStaysInterrupted() {
        LazyGuard guard = new LazyGuard(parts, journal);
        Thread.currentThread().interrupt();

        assertThat(guard.get()).isNotNull();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anEngineThatCannotBeMadeIsSaidOnceAndThrownToEveryCaller() {
        AtomicInteger tries = new AtomicInteger();
        LazyGuard guard = new LazyGuard(
                new LazyGuard.Parts() {
                    @Override
                    public StreamGuard make() {
                        tries.incrementAndGet();
                        throw new NoClassDefFoundError("broken jar");
                    }

                    @Override
                    public LastHook.Placed atExit(Runnable task) {
                        return placed;
                    }
                },
                journal);

        assertThatThrownBy(guard::get).isInstanceOf(IllegalStateException.class).hasRootCauseMessage("broken jar");
        assertThatThrownBy(guard::get).isInstanceOf(IllegalStateException.class);
        assertThat(tries).hasValue(1);
        assertThat(told).containsExactly("ERROR The engine could not be started: guarded methods run unguarded.");
    }

    @Test
    void whereTheSlotsAreOutOfReachThatIsSaid() {
        placed = LastHook.Placed.AMONG_THE_HOOKS;
        new LazyGuard(parts, journal).get();

        assertThat(told)
                .contains(
                        "WARN This JVM gives no place after the application's shutdown hooks: when it ends, streams are"
                                + " aborted while those hooks still run.");
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
