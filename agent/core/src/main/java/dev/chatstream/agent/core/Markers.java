package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Marks;
import dev.chatstream.agent.core.LeaseStore.Remaining;
import dev.chatstream.agent.core.LeaseStore.Written;
import java.time.Duration;
import java.util.List;

/**
 * Tells an abort marker that is older than a call from one that is meant for it. Only ids that the application gives can
 * have an old one. A call looks once as it enters, in the pipeline of its first acquire, or before it queues; what it
 * finds then is ignored for as long as it stays there, and deleted once the call holds. Every later marker counts, also
 * one that is set while the old one is still there: it has more of its hour left.
 *
 * <pre>
 *   UNKNOWN ──found──▶ OLD ──gone, set again, or deleted──▶ NONE: a marker is a Stop
 *      └────────not found, or runs without────────▲
 *                  having been able to look
 * </pre>
 */
final class Markers {

    private enum Older {
        UNKNOWN,
        OLD,
        NONE
    }

    /** Redis counts in milliseconds. */
    private static final long ROUNDING = Duration.ofMillis(10).toNanos();

    private final Engine engine;
    private final OpenStream stream;
    private Older older;
    private boolean held;
    private boolean clearing;
    private boolean judging;
    private long lookedAt;

    Markers(Engine engine, OpenStream stream) {
        this.engine = engine;
        this.stream = stream;
        this.older = stream.identity().ownId() || !engine.hasStore() ? Older.NONE : Older.UNKNOWN;
    }

    synchronized boolean isToBeLookedUp() {
        return older == Older.UNKNOWN;
    }

    /** Whether a marker that is there now is a Stop. */
    synchronized boolean count() {
        return older == Older.NONE;
    }

    /** The call cannot ask for its chat yet. Where this look fails, the sweep's next one is the first. */
    void lookBeforeWaiting() {
        look(() -> {});
    }

    /** The call has no chat to ask for. */
    void lookWithoutChat() {
        look(this::held);
    }

    private void look(Runnable then) {
        if (!isToBeLookedUp()) {
            return;
        }
        engine.on(engine.store().marked(List.of(stream.streamId())), answer -> {
            if (answer instanceof Marks.Found found) {
                looked(found.streamIds().contains(stream.streamId()));
            }
            then.run();
        });
    }

    /** What the first look found. An acquire that did not look finds nothing, which says nothing. */
    synchronized void looked(boolean found) {
        if (older == Older.UNKNOWN) {
            older = found ? Older.OLD : Older.NONE;
            lookedAt = engine.now();
        }
    }

    /** What a sweep found that was sent after the call had entered. */
    void seen(boolean found) {
        looked(found);
        synchronized (this) {
            older = found ? older : Older.NONE;
            if (older != Older.OLD) {
                return;
            }
        }
        judge();
    }

    /** The call holds, or runs without a lock: the old marker goes, and whatever comes after counts. */
    void held() {
        synchronized (this) {
            held = true;
            if (older != Older.OLD) {
                older = Older.NONE;
                return;
            }
        }
        judge();
    }

    /** The marker that is there was there when the call looked; a Stop may have set it again since. */
    private void judge() {
        synchronized (this) {
            if (judging) {
                return;
            }
            judging = true;
        }
        long askedAt = engine.now();
        engine.on(engine.store().markerLeft(stream.streamId()), answer -> {
            boolean clears;
            synchronized (this) {
                judging = false;
                boolean later = answer instanceof Remaining.Left left && isLater(left.time(), askedAt);
                older = later ? Older.NONE : older; // the next sweep finds it, and stops the stream
                clears = held && older == Older.OLD;
            }
            if (clears) {
                clear();
            }
        });
    }

    /** It lives for as long as any; one that has lived for less than since the look was set after it. */
    private boolean isLater(Duration left, long askedAt) {
        long age = LeaseStore.MARKER_TTL.minus(left).toNanos();
        return !left.isZero() && age >= 0 && age + ROUNDING < askedAt - lookedAt;
    }

    /** One at a time: a second one could delete a Stop that has come since the first. */
    private void clear() {
        synchronized (this) {
            if (clearing) {
                return;
            }
            clearing = true;
        }
        engine.on(engine.store().clear(stream.streamId()), answer -> {
            synchronized (this) {
                clearing = false;
                older = answer instanceof Written.Done ? Older.NONE : older;
            }
        });
    }
}
