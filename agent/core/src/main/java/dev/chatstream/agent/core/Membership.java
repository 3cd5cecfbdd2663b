package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A member of a stream that is no method. The stream has been joined for it already; true: closed. */
final class Membership extends AtomicBoolean implements Entry.Member {
    private static final long serialVersionUID = 1;

    private final transient OpenStream stream;

    Membership(OpenStream stream) {
        this.stream = stream;
    }

    @Override
    public OpenStream stream() {
        return stream;
    }

    @Override
    public void whenAborted(Consumer<AbortReason> action) {
        stream.whenAborted(action);
    }

    @Override
    public void close() {
        if (compareAndSet(false, true)) {
            var unused = stream.depart();
        }
    }
}
