package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.time.Duration;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does what cannot be done inside class loading: from there no class can be retransformed, and nothing big should be
 * started. A daemon thread of its own, there only while there is something to do; at most {@link #MOST_JOBS} jobs, each
 * tried at most {@link #MOST_TRIES} times, over some ten seconds.
 */
final class Later {

    private static final int MOST_JOBS = 1_000;
    private static final int MOST_TRIES = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

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

        Pending(Job job) {
            this.job = job;
        }
    }

    private final Journal journal;
    private final OwnErrors errors;
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean working = new AtomicBoolean();

    Later(Journal journal, OwnErrors errors) {
        this.journal = journal;
        this.errors = errors;
    }

    void add(Job job) {
        if (size.incrementAndGet() > MOST_JOBS) {
            size.decrementAndGet();
            job.giveUp();
            return;
        }
        pending.add(new Pending(job));
        if (working.compareAndSet(false, true)) {
            start();
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
                long pause = FIRST_PAUSE.toMillis();
                while (!pending.isEmpty()) {
                    round();
                    pause = pending.isEmpty() ? 0 : sleep(pause);
                }
                working.set(false);
                // race: a job that is added just now starts nobody, or is seen here
            } while (!pending.isEmpty() && working.compareAndSet(false, true));
        }

        private long sleep(long pause) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException nobodyDoes) {
                journal.tell(Journal.Level.DEBUG, "later", "the helper thread was interrupted, and goes on.", null);
            }
            return pause * 2;
        }
    }

    private void round() {
        for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
            Pending next = each.next();
            if (isSettled(next)) {
                each.remove();
                size.decrementAndGet();
            }
        }
    }

    private boolean isSettled(Pending next) {
        try {
            if (next.job.attempt() == Job.State.DONE) {
                return true;
            }
            if (++next.tries < MOST_TRIES) {
                return false;
            }
            next.job.giveUp();
        } catch (Throwable error) {
            errors.tell("later", "a class may have stayed unguarded", error);
        }
        return true;
    }
}
