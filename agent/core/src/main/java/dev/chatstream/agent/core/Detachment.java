package dev.chatstream.agent.core;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a stream open for a part of it that outlives its method. The code holds a handle; what the stream holds is this,
 * so that a handle which nobody closes becomes unreachable and is noticed.
 */
final class Detachment {

    static final AutoCloseable NOTHING = () -> {};

    private final OpenStream stream;
    private final Narrator narrator;
    private final AtomicBoolean closed = new AtomicBoolean();

    Detachment(OpenStream stream, Narrator narrator) {
        this.stream = stream;
        this.narrator = narrator;
    }

    AutoCloseable handle(Cleaner cleaner) {
        Handle handle = new Handle(this);
        handle.cleanable = cleaner.register(handle, this::forgotten);
        return handle;
    }

    private static final class Handle implements AutoCloseable {
        private final Detachment detachment;
        private Cleaner.@org.jspecify.annotations.Nullable Cleanable cleanable;

        Handle(Detachment detachment) {
            this.detachment = detachment;
        }

        @Override
        public void close() {
            detachment.close();
            if (cleanable != null) {
                cleanable.clean();
            }
        }
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            stream.attachedAgain(this);
        }
    }

    private void forgotten() {
        if (!closed.get()) {
            narrator.forgotten(stream, "a Detached");
            close();
        }
    }
}
