package dev.chatstream.agent.core;

import org.jspecify.annotations.Nullable;

/**
 * The one place that logs. Lines of one kind are limited by whoever implements this; ids inside messages are escaped by
 * whoever writes the message.
 */
public interface Journal {

    enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /** Whether lines of this level are written at all: spares the making of a message. */
    boolean tells(Level level);

    /**
     * Writes one line.
     *
     * @param kind a short constant name of what happened, by which lines are counted and limited
     * @param cause shown with its stack only where it is an error of the agent's own; null for what users can mend
     */
    void tell(Level level, String kind, String message, @Nullable Throwable cause);
}
