package dev.chatstream.agent.instrument;

import java.time.Duration;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Does what cannot be done inside class loading: from there no class can be retransformed, and nothing big should be
 * started. A daemon thread of its own, there only while there is something to do; at most {@link #MOST_JOBS} jobs, each
 * tried at most {@link #MOST_TRIES} times, over some ten seconds.
 */
final class Later {

    private static final int MOST_JOBS = 1_000;
    private static final int MOST_TRIES = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    /** Something to do outside. */
    interface Job {
        /** How far it is after a try. */
        enum State {
            DONE,
            NOT_YET
        }

        State attempt() throws Exception;

        /** It was tried often enough. */
        void giveUp();
    }

    private static final class Pending {
        private final Job job;
        private int tries;
        private long pause = FIRST_PAUSE.toNanos();
        private long due = System.nanoTime();

        Pending(Job job) {
            this.job = job;
        }

        void postpone() {
            due = System.nanoTime() + pause;
            pause *= 2;
        }
    }

    private final OwnErrors errors;
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean working = new AtomicBoolean();

    private volatile @Nullable Thread thread;
    private volatile boolean ended;

    Later(OwnErrors errors) {
        this.errors = errors;
    }

    /** Whether the calling thread is the one that does what is to be done. */
    boolean isItsThread() {
        return Thread.currentThread() == thread;
    }

    /**
     * Nothing is done any more. What is being done is waited for: two threads that retransform a class at once may be given
     * bytes that are of neither.
     */
    void end() throws InterruptedException {
        ended = true;
        Thread worker = thread;
        if (worker != null) {
            LockSupport.unpark(worker);
            worker.join(LONGEST_END);
        }
    }

    void add(Job job) {
        if (ended) {
            return;
        }
        if (size.incrementAndGet() > MOST_JOBS) {
            size.decrementAndGet();
            job.giveUp();
            return;
        }
        pending.add(new Pending(job));
        if (working.compareAndSet(false, true)) {
            start();
        } else {
            LockSupport.unpark(thread); // it may be pausing between two tries of another job
        }
    }

    private void start() {
        Thread.ofPlatform()
                .name("chatstream-later")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(new Worker());
    }

    private final class Worker implements Runnable {
        @Override
        public void run() {
            do {
                thread = Thread.currentThread();
                while (!pending.isEmpty()) {
                    round();
                    pause();
                }
                thread = null;
                working.set(false);
                // race: a job that is added just now starts nobody, or is seen here
            } while (!pending.isEmpty() && working.compareAndSet(false, true));
        }
    }

    private void round() {
        for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
            Pending next = each.next();
            if (ended || (next.due - System.nanoTime() <= 0 && isSettled(next))) {
                each.remove();
                size.decrementAndGet();
            }
        }
    }

    /** Until the next try is due, or another job comes: at most some seconds. */
    private void pause() {
        long now = System.nanoTime();
        long shortest = Long.MAX_VALUE;
        for (Pending each : pending) {
            shortest = Math.min(shortest, each.due - now);
        }
        if (shortest > 0 && shortest < Long.MAX_VALUE) {
            LockSupport.parkNanos(this, shortest);
        }
    }

    private boolean isSettled(Pending next) {
        try {
            if (next.job.attempt() == Job.State.DONE) {
                return true;
            }
            if (++next.tries < MOST_TRIES) {
                next.postpone();
                return false;
            }
            next.job.giveUp();
        } catch (Throwable error) {
            errors.tell("later", "a class may have stayed unguarded", error);
        }
        return true;
    }
}
