package dev.chatstream;

/**
 * Why a stream was aborted. A stream has at most one reason, the first; it never changes.
 *
 * <p>Later versions may add reasons: a {@code switch} over them should have a {@code default}.
 */
public enum AbortReason {
    /** Somebody asked: in this JVM, on another one, or by the marker in Redis. The agent's log tells which. */
    STOPPED,

    /** The chat's lock was lost, and {@link OnLost#ABORT} is in force. */
    LOCK_LOST,

    /** A later call for the same chat took over, under {@link OnBusy#SUPERSEDE}. */
    SUPERSEDED,

    /** Whoever read the answer left or timed out, and the code that feeds it cannot see that by itself. */
    CONSUMER_GONE,

    /** The stream held its chat longer than the agent's setting {@code max-hold}. */
    MAX_HOLD,

    /** The JVM is shutting down, and the stream was still open when the application's own shutdown hooks had ended. */
    SHUTDOWN;

    /**
     * An agent newer than this API may name a reason that is not known here: the stream is to stop, so that is what
     * it says.
     */
    static AbortReason of(String name) {
        for (AbortReason reason : values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return STOPPED;
    }
}
