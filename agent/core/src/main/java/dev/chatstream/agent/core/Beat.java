package dev.chatstream.agent.core;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Work that is to happen once a tick while there is anything to do, and tasks of the timetable when they are due. The first
 * tick is one tick after there was something to do; the one that finds nothing to do is the last.
 *
 * <p>Race, two threads that want to run it: a compare-and-set decides, and the other one goes on. One that stands still
 * inside, since it waits for a monitor and then for a carrier, does not keep the other out for ever.
 */
final class Beat {

    /** Nothing is to be done until somebody says so. */
    static final long NEVER = Long.MAX_VALUE;

    /** One thread's running of it, an object of its own each time. */
    private static final class Turn {
        private final long begunAt;

        Turn(long begunAt) {
            this.begunAt = begunAt;
        }
    }

    private final Engine engine;
    private final String name;
    private final boolean keepsTime;
    private final Runnable work;
    private final long tick;
    private final AtomicReference<@Nullable Turn> running = new AtomicReference<>();
    private volatile long ranAt;
    private volatile boolean resting = true;

    /** @param keepsTime whether it also runs what is due in the timetable */
    Beat(Engine engine, String name, boolean keepsTime, Runnable work) {
        this.engine = engine;
        this.name = name;
        this.keepsTime = keepsTime;
        this.work = work;
        this.tick = engine.settings().abortPoll().toNanos();
    }

    String name() {
        return name;
    }

    /** Nanoseconds until it is to run; not positive where it is late; {@link #NEVER} where there is nothing to do. */
    long untilDue() {
        long untilTick = untilTick(engine.now());
        return keepsTime ? Math.min(untilTick, engine.timetable().untilNext()) : untilTick;
    }

    private long untilTick(long now) {
        if (resting) {
            if (isIdle()) {
                return NEVER;
            }
            begin(now);
        }
        return tick - (now - ranAt);
    }

    /** There is something to do, be it over before anybody has looked: no second waking for the next within a tick. */
    void begin(long now) {
        if (resting) {
            ranAt = now;
            resting = false;
        }
    }

    private boolean isIdle() {
        return engine.registry().isEmpty() && engine.heartbeat().isIdle();
    }

    /**
     * Runs what is due, unless another thread does so now.
     *
     * @param stuckAfter nanoseconds after which that other thread does not count any more
     * @return false where another thread does
     */
    boolean run(long stuckAfter) {
        Turn mine = new Turn(engine.now());
        Turn other = running.get();
        boolean free = other == null || mine.begunAt - other.begunAt > stuckAfter;
        if (!free || !running.compareAndSet(other, mine)) {
            return false;
        }
        try {
            runDue();
        } catch (Throwable cause) { // a beat that fails must not be the last one
            engine.narrator().ownFault("in the " + name, cause);
        } finally {
            running.compareAndSet(mine, null);
        }
        return true;
    }

    private void runDue() {
        if (keepsTime) {
            engine.timetable().runDue();
        }
        long now = engine.now();
        if (untilTick(now) <= 0) {
            ranAt = now;
            resting = isIdle();
            work.run();
        }
    }
}
