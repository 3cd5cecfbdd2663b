package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.StreamGuard;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Makes the engine once: when the first method is guarded, or when somebody needs it before that.
 *
 * <p>It is made on a thread of its own, since whoever asks first is a thread of the application: the threads of the
 * engine and of Lettuce must not inherit its context class loader and its thread locals, and would keep them for ever.
 */
final class LazyGuard implements Supplier<StreamGuard>, Runnable {

    /** Loading the engine and Lettuce takes a second at most; a machine that needs longer has other worries. */
    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    /** What the engine is made of. */
    interface Parts {
        StreamGuard make();

        /** Sees to it that this runs when the JVM ends. */
        LastHook.Placed atExit(Runnable shutdown);
    }

    private final Parts parts;
    private final Journal journal;
    private final AtomicBoolean asked = new AtomicBoolean();

    /** No CompletableFuture, which would wake up the JDK's common pool in premain. */
    private final FutureTask<StreamGuard> made;

    LazyGuard(Parts parts, Journal journal) {
        this.parts = parts;
        this.journal = journal;
        this.made = new FutureTask<>(new Making());
    }

    /** Begins to make it, unless that has begun already. */
    @Override
    public void run() {
        // two first calls may race: the one that turns this makes it
        if (asked.compareAndSet(false, true)) {
            Thread maker = Thread.ofPlatform()
                    .name("chatstream-start")
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .unstarted(made);
            maker.setContextClassLoader(LazyGuard.class.getClassLoader());
            maker.start();
        }
    }

    /** The engine, waiting for it while it is made. Throws where it could not be made, which has been said then. */
    @Override
    public StreamGuard get() {
        run();
        boolean interrupted = false;
        long end = System.nanoTime() + LONGEST_START.toNanos();
        try {
            while (true) {
                try {
                    return made.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (ExecutionException | TimeoutException none) {
                    throw new IllegalStateException("ChatStream's engine could not be started", none);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** No lambda: it is made in premain. */
    private final class Making implements Callable<StreamGuard> {
        @Override
        public StreamGuard call() throws Exception {
            try {
                StreamGuard guard = parts.make();
                endWithTheJvm(guard);
                if (!guard.isOff()) {
                    guard.open();
                }
                return guard;
            } catch (Throwable failure) {
                String line = "The engine could not be started: guarded methods run unguarded.";
                journal.tell(Journal.Level.ERROR, "engine", line, failure);
                throw failure;
            }
        }
    }

    private void endWithTheJvm(StreamGuard guard) {
        switch (parts.atExit(guard::shutdown)) {
            case AFTER_THE_HOOKS -> {}
            case AMONG_THE_HOOKS -> {
                String line =
                        "This JVM gives no place after the application's shutdown hooks: when it ends, streams are"
                                + " aborted while those hooks still run.";
                journal.tell(Journal.Level.WARN, "shutdown", line, null);
            }
            case TOO_LATE -> guard.shutdown();
        }
    }
}
