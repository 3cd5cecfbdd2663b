package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Marks;
import dev.chatstream.agent.core.LeaseStore.Written;
import java.util.List;

/**
 * Tells an abort marker that is older than a call from one that is meant for it. Only ids that the application gives can
 * have an old one. A call looks once as it enters, in the pipeline of its first acquire, or before it queues; what it
 * finds then is ignored, and deleted once the call holds. Every later marker counts.
 */
final class Markers {

    private final Engine engine;
    private final OpenStream stream;
    private boolean looked;
    private boolean stale;

    Markers(Engine engine, OpenStream stream) {
        this.engine = engine;
        this.stream = stream;
        this.looked = stream.identity().ownId() || !engine.hasStore();
        stream.ignoreMarker(!looked);
    }

    synchronized boolean isToBeLookedUp() {
        return !looked;
    }

    /** The call cannot ask for its chat yet. */
    void lookBeforeWaiting() {
        if (!isToBeLookedUp()) {
            return;
        }
        engine.on(engine.store().marked(List.of(stream.streamId())), answer -> {
            if (answer instanceof Marks.Found found) {
                seen(found.streamIds().contains(stream.streamId()));
            }
        });
    }

    /** What the first look found. Later calls mean nothing. */
    synchronized void seen(boolean found) {
        if (!looked) {
            looked = true;
            stale = found;
            stream.ignoreMarker(found);
        }
    }

    /** The call holds, or runs without a lock: the old marker goes, and whatever comes after counts. */
    void held() {
        synchronized (this) {
            if (!stale) {
                stream.ignoreMarker(false);
                return;
            }
        }
        engine.on(engine.store().clear(stream.streamId()), answer -> {
            if (answer instanceof Written.Done) {
                stream.ignoreMarker(false);
            }
        });
    }
}
