package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real thread that does, one after the other, what the test tells it. Its interrupt flag is kept between the steps. */
final class Actor implements AutoCloseable {

    /** Not a measure of anything: a test that hangs is to fail by itself. */
    static final Duration FOR_EVER = Duration.ofSeconds(60);

    /** What an actor does. */
    interface Step {
        void run() throws Exception;
    }

    private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean busy;
    private boolean over;

    private Actor(Thread.Builder builder) {
        this.thread = builder.unstarted(this::live);
    }

    static Actor onPlatformThread() {
        return started(Thread.ofPlatform().name("platform actor").daemon());
    }

    static Actor onVirtualThread() {
        return started(Thread.ofVirtual().name("virtual actor"));
    }

    private static Actor started(Thread.Builder builder) {
        Actor actor = new Actor(builder);
        actor.thread.start();
        return actor;
    }

    private void live() {
        boolean interrupted = false;
        while (!over) {
            try {
                Runnable step = steps.take();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                busy = true;
                step.run();
                busy = false;
                interrupted = Thread.interrupted();
            } catch (InterruptedException between) {
                interrupted = true;
            }
        }
    }

    /** Begins a step, and does not wait for its end. */
    <T> CompletableFuture<T> begin(Callable<T> step) {
        CompletableFuture<T> done = new CompletableFuture<>();
        steps.add(() -> {
            try {
                done.complete(step.call());
            } catch (Throwable thrown) {
                done.completeExceptionally(thrown);
            }
        });
        return done;
    }

    <T> T get(Callable<T> step) {
        return await(begin(step));
    }

    void run(Step step) {
        get(() -> {
            step.run();
            return true;
        });
    }

    /** The wish of somebody else: not of the guard. */
    void interrupt() {
        thread.interrupt();
    }

    Thread thread() {
        return thread;
    }

    /** Until it is blocked inside a step. */
    void awaitBlocked() {
        while (!busy
                || (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }
    }

    /** The end of whatever must end; a failure says what it was waiting for. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(FOR_EVER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException thrown) {
            throw new AssertionError("the step threw", thrown.getCause());
        } catch (TimeoutException hangs) {
            throw new AssertionError("it hangs", hangs);
        } catch (InterruptedException interrupt) {
            throw new AssertionError("the waiting thread was interrupted", interrupt);
        }
    }

    static void join(Thread thread) {
        try {
            if (!thread.join(FOR_EVER)) {
                throw new AssertionError(thread + " does not end");
            }
        } catch (InterruptedException interrupt) {
            throw new AssertionError("the test was interrupted", interrupt);
        }
    }

    @Override
    public void close() {
        run(() -> over = true);
        join(thread);
    }
}
