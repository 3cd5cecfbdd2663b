package dev.chatstream;

/**
 * What happens to a running stream whose lock is lost: it ran out or was taken away, and the chat may have another
 * owner. In either case there is one WARN in the agent's log, {@link ActiveStream#holdsLock()} is false from then on,
 * and Stop still works. A stream that was superseded is aborted whatever this says.
 *
 * @see ChatStream#onLost()
 */
public enum OnLost {
    /** As the agent's setting {@code on-lost} says; that is {@link #ABORT} where nobody set it. */
    DEFAULT,

    /** The stream is aborted, with {@link AbortReason#LOCK_LOST}. */
    ABORT,

    /** The stream runs on without a lock. */
    CONTINUE
}
