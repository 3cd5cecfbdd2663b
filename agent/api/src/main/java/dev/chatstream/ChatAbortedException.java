package dev.chatstream;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CancellationException;

/**
 * The stream was aborted: stopped by somebody, or for one of the other {@linkplain AbortReason reasons}. Code that
 * catches it usually saves what there is of the answer.
 *
 * <p>Thrown by {@link ActiveStream#throwIfAborted()}, to who reads on in an aborted stream, and to a call that is
 * stopped while it waits for its chat. The JDK treats it as a cancellation: a future that ended with it is
 * {@linkplain java.util.concurrent.Future#isCancelled() cancelled}, and {@code get} and {@code join} throw either
 * this exception or, in newer JDKs, a plain {@link CancellationException} whose {@linkplain Throwable#getCause()
 * cause} it is.
 */
public final class ChatAbortedException extends CancellationException {
    private static final long serialVersionUID = 1L;

    /** The stream that was aborted. */
    private final String streamId;

    /** Why it was aborted. */
    private final AbortReason reason;

    /**
     * For the agent, and for tests of an application's own handlers.
     *
     * @param message says which stream was aborted, and why
     * @param streamId the stream
     * @param reason why it was aborted
     */
    public ChatAbortedException(String message, String streamId, AbortReason reason) {
        super(requireNonNull(message, "message"));
        this.streamId = requireNonNull(streamId, "streamId");
        this.reason = requireNonNull(reason, "reason");
    }

    /**
     * The stream that was aborted.
     *
     * @return its id, as the application gave it or the agent made it: not escaped
     */
    public String streamId() {
        return streamId;
    }

    /**
     * Why it was aborted.
     *
     * @return the reason
     */
    public AbortReason reason() {
        return reason;
    }
}
