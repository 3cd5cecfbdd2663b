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
    private boolean over;
    private boolean cancelled;

    Patience(Engine engine, Duration atMost, Runnable whenOver) {
        this.engine = engine;
        this.enteredAt = engine.now();
        this.nanos = atMost.toNanos();
        this.whenOver = whenOver;
    }

    /** The call waits; the second time changes nothing. */
    synchronized void start() {
        if (timer == null && !cancelled) {
            timer = engine.timetable().after(enteredAt + nanos - engine.now(), this::end);
        }
    }

    private void end() {
        giveUp();
        whenOver.run();
    }

    synchronized void giveUp() {
        over = true;
    }

    synchronized boolean isOver() {
        return over || engine.now() - enteredAt >= nanos;
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
