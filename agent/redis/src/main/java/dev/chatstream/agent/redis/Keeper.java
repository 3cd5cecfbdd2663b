package dev.chatstream.agent.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing in the background until it is done, whenever it is wanted: with a thread only as long as that takes, and
 * never two at once. Tries are {@link Backoff} apart.
 *
 * <p>Race, wanted while a try comes to its end: both take the monitor, so that either that thread goes on or a new one
 * starts.
 */
final class Keeper {

    /** What a try came to. */
    enum Progress {
        DONE,
        AGAIN
    }

    /** One try; may block, and is interrupted when the store closes. */
    interface Work {
        Progress attempt() throws InterruptedException;

        /** A try ended by an error of our own, or for want of memory; it is made again. */
        void failed(Throwable error);
    }

    private final String name;
    private final Duration apart;
    private final Work work;
    private @Nullable Thread thread;
    private boolean wanted;
    private boolean closed;

    /** @param apart how long after one success the next begins at the earliest */
    Keeper(String name, Duration apart, Work work) {
        this.name = name;
        this.apart = apart;
        this.work = work;
    }

    synchronized void want() {
        wanted = true;
        if (thread == null && !closed) {
            thread = Threads.daemon(name, this::run);
            thread.start();
        }
    }

    synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    void awaitEnd(Duration atMost) throws InterruptedException {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null && running != Thread.currentThread()) {
            running.join(atMost);
        }
    }

    private void run() {
        Backoff backoff = new Backoff();
        try {
            while (goesOn()) {
                if (attempt() == Progress.DONE) {
                    backoff = new Backoff();
                    if (isWanted()) {
                        Thread.sleep(apart);
                    }
                } else {
                    want();
                    Thread.sleep(backoff.next());
                }
            }
        } catch (InterruptedException storeCloses) {
            ended();
        }
    }

    private Progress attempt() throws InterruptedException {
        try {
            return work.attempt();
        } catch (RuntimeException | Error e) { // a heap that is full for a moment must not cost the connection for ever
            work.failed(e);
            return Progress.AGAIN;
        }
    }

    private synchronized boolean goesOn() {
        boolean goesOn = wanted && !closed;
        wanted = false;
        if (!goesOn) {
            thread = null;
        }
        return goesOn;
    }

    private synchronized boolean isWanted() {
        return wanted;
    }

    private synchronized void ended() {
        thread = null;
    }
}
