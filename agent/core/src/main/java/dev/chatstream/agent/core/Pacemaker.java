package dev.chatstream.agent.core;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Drives the heartbeat and the abort poll: one virtual thread each for the whole process, and one platform thread that
 * steps in when virtual threads are starved, since application code that keeps every carrier busy must not cost a lease.
 *
 * <p>While nothing is open, waiting or to be released, all three park without a timeout. They go on for one tick after the
 * last of it, so that one short call after the other wakes nobody.
 */
final class Pacemaker {

    /**
     * One thread that runs beats when they are late by so much.
     *
     * <p>Race, falling asleep against new work: it says when it will wake before it looks for work once more, and whoever
     * brings work looks at that after; one of the two sees the other.
     */
    private final class Runner implements Runnable {
        private final List<Beat> beats;
        private final long lateness;
        private final long stuckAfter;
        private volatile boolean asleep;
        private volatile long wakesAt;
        private volatile @Nullable Thread thread;

        /** @param stuckAfter how long it lets another one be in a beat before it takes its place */
        Runner(List<Beat> beats, long lateness, long stuckAfter) {
            this.beats = beats;
            this.lateness = lateness;
            this.stuckAfter = stuckAfter;
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            while (!stopped) {
                boolean others = false;
                for (Beat beat : beats) {
                    if (beat.untilDue() <= -lateness) {
                        others |= !beat.run(stuckAfter);
                    }
                }
                if (others) {
                    LockSupport.parkNanos(this, tick); // another one is in it still: no need to look all the time
                } else {
                    sleep();
                }
            }
        }

        private void sleep() {
            wakesAt = wakeTime();
            asleep = true;
            long nanos = wakeTime();
            if (nanos == Beat.NEVER) {
                LockSupport.park(this);
            } else if (nanos - engine.now() > 0) {
                LockSupport.parkNanos(this, nanos - engine.now());
            }
            asleep = false;
        }

        private long wakeTime() {
            long until = Beat.NEVER;
            for (Beat beat : beats) {
                until = Math.min(until, beat.untilDue());
            }
            return until == Beat.NEVER ? Beat.NEVER : engine.now() + until + lateness;
        }

        void wakeFor(long dueAt) {
            if (asleep && (wakesAt == Beat.NEVER || wakesAt - dueAt - lateness > 0)) {
                LockSupport.unpark(thread);
            }
        }
    }

    private final Engine engine;
    private final long tick;
    private final Beat heartbeat;
    private final Beat poll;
    private volatile List<Runner> runners = List.of();
    private volatile boolean stopped;

    Pacemaker(Engine engine) {
        this.engine = engine;
        this.tick = engine.settings().abortPoll().toNanos();
        this.heartbeat =
                new Beat(engine, "heartbeat", false, () -> engine.heartbeat().tick());
        this.poll = new Beat(engine, "abort-poll", true, () -> engine.poll().tick());
    }

    /** Begins; without this, whoever tests calls {@link #runDue}. */
    void start() {
        runners = List.of(
                new Runner(List.of(heartbeat), 0, Beat.NEVER),
                new Runner(List.of(poll), 0, Beat.NEVER),
                new Runner(List.of(heartbeat, poll), tick, engine.terms().stuckAfter()));
        Thread.Builder virtual = Thread.ofVirtual().inheritInheritableThreadLocals(false);
        virtual.name("chatstream-heartbeat").start(runners.get(0));
        virtual.name("chatstream-abort-poll").start(runners.get(1));
        Thread.ofPlatform()
                .name("chatstream-pacemaker")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(runners.get(2));
    }

    /** There is something to do at the next tick. */
    void wake() {
        heartbeat.begin(engine.now());
        poll.begin(engine.now());
        wake(tick);
    }

    /** There is something to do in so many nanoseconds. */
    void wake(long nanos) {
        long dueAt = engine.now() + nanos;
        for (Runner runner : runners) {
            runner.wakeFor(dueAt);
        }
    }

    void runDue() {
        heartbeat.run(Beat.NEVER);
        poll.run(Beat.NEVER);
    }

    long untilDue() {
        return Math.min(heartbeat.untilDue(), poll.untilDue());
    }

    /** Those that run now. */
    List<Thread> threads() {
        return runners.stream()
                .map(runner -> runner.thread)
                .filter(thread -> thread != null && thread.isAlive())
                .toList();
    }

    void stop() {
        stopped = true;
        runners.forEach(runner -> LockSupport.unpark(runner.thread));
    }
}
