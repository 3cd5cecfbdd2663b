package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Says now and then what has happened since the last time, where anything has; more often while Redis cannot be reached.
 *
 * <p>The first call after a quiet interval begins the next one, so that an idle JVM is never woken for this.
 *
 * <p>Race, a call against the end of an interval in which nothing happened: the flag is taken back before the counts are
 * looked at once more, so that one of the two begins the next interval.
 */
final class Stats {

    private static final long WHILE_DEGRADED = TimeUnit.MINUTES.toNanos(1);

    private final Engine engine;
    private final Outages outages;
    private final Duration interval;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Of the sweep that runs what is due; what was told of. */
    private volatile Tally.Counts told = Tally.Counts.NONE;

    private volatile long toldAt;

    Stats(Engine engine, Outages outages) {
        this.engine = engine;
        this.outages = outages;
        this.interval = engine.settings().statsInterval();
    }

    /** Something is about to happen. */
    void begin() {
        if (!begun.get() && !interval.isZero() && begun.compareAndSet(false, true)) {
            toldAt = engine.now();
            again();
        }
    }

    private void again() {
        long nanos = interval.toNanos();
        engine.timetable().after(outages.areThere() ? Math.min(nanos, WHILE_DEGRADED) : nanos, this::due);
    }

    private void due() {
        Tally.Counts now = engine.tally().now();
        int open = engine.registry().open();
        if (!now.equals(told) || outages.areThere()) {
            tell(now, open);
            again();
        } else if (open > 0) {
            again();
        } else {
            begun.set(false);
            if (!engine.tally().now().equals(told)) {
                begin();
            }
        }
    }

    private void tell(Tally.Counts now, int open) {
        long at = engine.now();
        Duration passed = Duration.ofSeconds(TimeUnit.NANOSECONDS.toSeconds(at - toldAt));
        Tally.Counts since = now.since(told);
        told = now;
        toldAt = at;
        engine.narrator()
                .stats("in the last " + inWords(passed) + ": " + since.inWords() + "; open now " + open + "; "
                        + redis());
    }

    private String redis() {
        return engine.hasStore() ? "Redis " + outages.inWords() : "no Redis is configured";
    }

    private static String inWords(Duration time) {
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
