package dev.chatstream;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the agent handed out to be closed. Whoever holds this holds that: the agent notices a forgotten {@code
 * Detached} by that becoming unreachable.
 */
final class CloseOnce implements ActiveStream.Registration, ActiveStream.Detached {
    private final AtomicReference<@Nullable AutoCloseable> open;

    CloseOnce(AutoCloseable open) {
        this.open = new AtomicReference<>(open);
    }

    /** Race: of several that close, the one that takes it out closes it. */
    @Override
    public void close() {
        AutoCloseable mine = open.getAndSet(null);
        if (mine == null) {
            return;
        }
        try {
            mine.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("ChatStream's agent could not close this: " + e, e);
        }
    }
}
