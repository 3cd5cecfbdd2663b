package dev.chatstream;

/**
 * How the consumer of a returned stream (a publisher, an emitter, a reader) sees a Stop, that is an abort with
 * {@link AbortReason#STOPPED}. For every other reason it sees {@link ChatAbortedException}. What kind of stream can end
 * normally is said at {@link #COMPLETE}; futures always end with the exception.
 *
 * @see ChatStream#onStop()
 */
public enum OnStop {
    /** As the agent's setting {@code on-stop} says; that is {@link #ERROR} where nobody set it. */
    DEFAULT,

    /** It ends with {@link ChatAbortedException}, so that half an answer never looks whole. */
    ERROR,

    /**
     * It ends normally; a {@code Mono}, {@code Maybe} or {@code Uni} empty. What needs a value to end normally
     * ({@code Single}, futures, {@code DeferredResult}) still gets {@link ChatAbortedException}.
     */
    COMPLETE
}
