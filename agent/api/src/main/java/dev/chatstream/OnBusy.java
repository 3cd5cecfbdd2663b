package dev.chatstream;

/**
 * What a call does whose chat is busy: another stream holds it, here or on another JVM.
 *
 * @see ChatStream#onBusy()
 */
public enum OnBusy {
    /** As the agent's setting {@code on-busy} says; that is {@link #WAIT} where nobody set it. */
    DEFAULT,

    /**
     * Enqueue: wait, first come first served within a JVM, for at most {@code acquire-timeout}, then {@link
     * ChatBusyException}. At most {@code max-waiters} calls wait for one chat in one JVM; the next gets the exception
     * at once. An interrupt ends the wait the same way and leaves the thread's interrupt flag set. A Stop for the
     * waiting stream's id ends it with {@link ChatAbortedException}.
     */
    WAIT,

    /** Reject: {@link ChatBusyException} at once. */
    REJECT,

    /**
     * Interrupt the other: abort the running stream ({@link AbortReason#SUPERSEDED}), wherever it runs, wait in front
     * of the queue for it to end, for at most {@code acquire-timeout}, then take its lock away if it still holds it,
     * and enter. A later call of this kind ends an earlier one's wait with {@link ChatAbortedException}.
     */
    SUPERSEDE
}
