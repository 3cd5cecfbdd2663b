package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Marks;
import dev.chatstream.agent.core.LeaseStore.Written;
import java.util.List;

/**
 * Tells an abort marker that is older than a call from one that is meant for it. Only ids that the application gives can
 * have an old one. A call looks once as it enters, in the pipeline of its first acquire, or before it queues; what it
 * finds then is ignored for as long as it stays there, and deleted once the call holds. Every later marker counts.
 *
 * <pre>
 *   UNKNOWN ──found──▶ OLD ──gone, or deleted──▶ NONE: a marker is a Stop
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

    private final Engine engine;
    private final OpenStream stream;
    private Older older;
    private boolean held;
    private boolean clearing;

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
        }
    }

    /** What a sweep found that was sent after the call had entered. */
    void seen(boolean found) {
        synchronized (this) {
            older = switch (older) {
                case UNKNOWN, OLD -> found ? Older.OLD : Older.NONE;
                case NONE -> Older.NONE;
            };
            if (!held || older != Older.OLD) {
                return;
            }
        }
        clear(); // the first try has failed
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
        clear();
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
