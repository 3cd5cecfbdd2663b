package dev.chatstream.agent.core;

import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one stream that outlive its method. The code holds a handle of each; what the stream holds does not reach
 * it, so that a handle which nobody closes becomes unreachable and is noticed.
 */
final class Detachments {

    static final AutoCloseable NOTHING = () -> {};

    /** Its thread begins with the first stream that is detached, and is a daemon. */
    private static final class Cleaners {
        static final Cleaner ONE = Cleaner.create();
    }

    /** One part; a member of the stream until it is closed. */
    private final class Part {
        private final OpenStream stream;
        private final AtomicBoolean closed = new AtomicBoolean();

        Part(OpenStream stream) {
            this.stream = stream;
        }

        void close() {
            if (closed.compareAndSet(false, true)) {
                parts().remove(this);
                var unused = stream.depart();
            }
        }

        void forgotten() {
            if (!closed.get()) {
                narrator.forgotten(stream, "a Detached");
                close();
            }
        }
    }

    /** What the code holds. */
    private static final class Handle implements AutoCloseable {
        private final Runnable close;
        private Cleaner.@Nullable Cleanable cleanable;

        Handle(Runnable close) {
            this.close = close;
        }

        @Override
        public void close() {
            close.run();
            if (cleanable != null) {
                cleanable.clean();
            }
        }
    }

    private final Narrator narrator;
    private volatile @Nullable Set<Part> parts;
    private volatile boolean abandoned;

    Detachments(Narrator narrator) {
        this.narrator = narrator;
    }

    /** One more part of the stream, which has joined it already. */
    AutoCloseable add(OpenStream stream) {
        Part part = new Part(stream);
        parts().add(part);
        if (abandoned) { // race, detaching against the method that throws: either sees the other
            part.close();
            return NOTHING;
        }
        Handle handle = new Handle(part::close);
        handle.cleanable = Cleaners.ONE.register(handle, part::forgotten);
        return handle;
    }

    /** Closes them all, and whatever is added later. */
    void abandon() {
        abandoned = true;
        if (parts != null) {
            List.copyOf(parts()).forEach(Part::close);
        }
    }

    private synchronized Set<Part> parts() {
        Set<Part> known = parts;
        if (known == null) { // few streams ever detach
            known = ConcurrentHashMap.newKeySet();
            parts = known;
        }
        return known;
    }
}
