package dev.chatstream.agent.core;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Work that is to happen once a tick while there is anything to do, and tasks of the timetable when they are due.
 *
 * <p>Race, two threads that want to run it: the lock decides, and the other one goes on.
 */
final class Beat {

    /** Nothing is to be done until somebody says so. */
    static final long NEVER = Long.MAX_VALUE;

    private final Engine engine;
    private final String name;
    private final boolean keepsTime;
    private final Runnable work;
    private final long tick;
    private final ReentrantLock running = new ReentrantLock();
    private volatile long ranAt;

    /** @param keepsTime whether it also runs what is due in the timetable */
    Beat(Engine engine, String name, boolean keepsTime, Runnable work) {
        this.engine = engine;
        this.name = name;
        this.keepsTime = keepsTime;
        this.work = work;
        this.tick = engine.settings().abortPoll().toNanos();
        this.ranAt = engine.now() - tick;
    }

    String name() {
        return name;
    }

    /** Nanoseconds until it is to run; not positive where it is late; {@link #NEVER} where there is nothing to do. */
    long untilDue() {
        boolean idle = engine.registry().isEmpty() && engine.heartbeat().isIdle();
        long untilTick = idle ? NEVER : tick - (engine.now() - ranAt);
        return keepsTime ? Math.min(untilTick, engine.timetable().untilNext()) : untilTick;
    }

    /** Runs what is due, unless another thread does so now. */
    void run() {
        if (!running.tryLock()) {
            return;
        }
        try {
            if (keepsTime) {
                engine.timetable().runDue();
            }
            long now = engine.now();
            if (now - ranAt >= tick) {
                ranAt = now;
                work.run();
            }
        } catch (Throwable cause) { // a beat that fails must not be the last one
            engine.narrator().ownFault("in the " + name, cause);
        } finally {
            running.unlock();
        }
    }
}
