package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long one call waits for its chat; counted from its entering, and told once if it begins to wait at all. */
final class Patience {

    private final Engine engine;
    private final long enteredAt;
    private final long nanos;
    private final Runnable whenOver;
    private Timetable.@Nullable Timer timer;
    private boolean cancelled;
    private volatile boolean started;

    Patience(Engine engine, Duration atMost, Runnable whenOver) {
        this.engine = engine;
        this.enteredAt = engine.now();
        this.nanos = atMost.toNanos();
        this.whenOver = whenOver;
    }

    /** The call waits; true for the first time, the second changes nothing. */
    synchronized boolean start() {
        if (started || cancelled) {
            return false;
        }
        started = true;
        engine.tally().waited.increment();
        timer = engine.timetable().after(enteredAt + nanos - engine.now(), whenOver);
        engine.wake(); // the poll looks for its abort marker and at its chat, long before its time is up
        return true;
    }

    boolean hasStarted() {
        return started;
    }

    boolean isOver() {
        return engine.now() - enteredAt >= nanos;
    }

    synchronized void cancel() {
        cancelled = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Why the call is refused when it is over. */
    String spent() {
        return "it stayed busy for " + Narrator.millis(nanos);
    }

    /** A bound for the waiting thread that no path should ever reach. */
    long longest() {
        return nanos
                + 4 * engine.settings().commandTimeout().toNanos()
                + 2 * engine.settings().abortPoll().toNanos()
                + TimeUnit.SECONDS.toNanos(5);
    }
}
