package dev.chatstream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A stream that runs, or ran, in this JVM: one call of a {@link ChatStream} method, with all that joined it. Code
 * inside gets it from {@link ChatStreams#current()}.
 *
 * <p>It may be used by any thread, and kept: after the stream has ended the ids, the reason and the fence stay what
 * they were, and there is no lock. What it tells is known in this JVM; no method of it asks Redis or waits.
 *
 * <p>The agent implements it. An application may do so in its tests; methods that later versions add will have a
 * default.
 */
public interface ActiveStream {
    /**
     * The chat that this stream writes into.
     *
     * @return the chat's id; {@code ""} where the call had none and was let through without a lock
     */
    String chatId();

    /**
     * The id by which {@link ChatStreams#abort(String)} stops this stream.
     *
     * @return the id that {@link ChatStream#streamId()} gave, else one that the agent made
     */
    String streamId();

    /**
     * Whether this stream was aborted. Once true it stays so. Cheap enough to be asked at every token.
     *
     * @return whether there is an {@link #abortReason()}
     */
    boolean isAborted();

    /**
     * Why this stream was aborted.
     *
     * @return the reason, the first where there were several; empty while it was not aborted
     */
    Optional<AbortReason> abortReason();

    /**
     * Leaves by exception where this stream was aborted, and does nothing otherwise.
     *
     * @throws ChatAbortedException if this stream was aborted
     */
    void throwIfAborted();

    /**
     * Runs something when this stream is aborted: close the connection to the model, save what there is. It runs
     * once, on a virtual thread of its own, where it may block, at the moment of the abort; if the stream is already
     * aborted, at once. What it throws is logged. It does not run when the stream ends by itself.
     *
     * <p>An aborted stream keeps its lock while the callbacks run, at most for the agent's setting {@code abort-grace}.
     *
     * @param callback gets the reason
     * @return takes the callback off again; it may be ignored
     */
    Registration onAbort(Consumer<AbortReason> callback);

    /**
     * Whether this stream holds the chat's lock in Redis, as far as this JVM can know: the last renewal was answered,
     * and the time that it gave has not run out. Another stream may hold the chat all the same where Redis lost its
     * data, or where this stream was superseded and could not be told: what must not be written twice is to be
     * guarded by {@link #fence()}.
     *
     * @return {@code false} where there is no lock: none was needed or had, it was lost, or given back
     */
    boolean holdsLock();

    /**
     * How long this stream holds the chat's lock from now on if it is not renewed any more, counted from before the
     * last renewal was sent. Measured with the JVM's monotonic clock.
     *
     * @return the time; zero where {@link #holdsLock()} is false, and never negative
     */
    Duration leaseRemaining();

    /**
     * A number that grows with every stream that gets this chat, on any JVM. Written beside the data and compared
     * when it is written again, it keeps an old stream from overwriting a newer one's work:
     *
     * {@snippet lang = sql:
     * UPDATE answer SET text = ?, fence = ? WHERE chat_id = ? AND fence <= ?
     * }
     *
     * <p>The numbers have gaps, fit a SQL {@code BIGINT}, and mean nothing else.
     *
     * @return the fence, positive and kept after the lock is gone; 0 while this stream never had a lock (no Redis, no
     *     chat id): leave the condition out. A stream that began while Redis was away has 0 until it gets its lock.
     */
    long fence();

    /**
     * Carries this stream along: while the task runs, on whatever thread, {@link ChatStreams#current()} is this
     * stream. Virtual threads and structured scopes that are started inside a stream inherit it by themselves; pools
     * need this. Wrapping does not keep the stream open: see {@link #detach()}.
     *
     * @param task runs as it is
     * @return runs the task, any number of times
     */
    Runnable wrap(Runnable task);

    /**
     * Carries this stream along in every task that is given to an executor.
     *
     * @param executor runs the tasks
     * @return gives each task, {@linkplain #wrap(Runnable) wrapped}, to the executor
     */
    Executor wrap(Executor executor);

    /**
     * Lets this stream outlive the method, which hands its work to another thread and returns: it then ends when the
     * method has left and every {@link Detached} is closed. A method that throws ends it at once.
     *
     * {@snippet lang = java:
     * ActiveStream stream = ChatStreams.current().orElseThrow();
     * ActiveStream.Detached open = stream.detach();
     * pool.execute(stream.wrap(() -> {
     *     try (open) {
     *         writeTheAnswer();
     *     }
     * }));
     * }
     *
     * @return what is to be closed when the work is done, whether well or not. Keep it: one that becomes unreachable
     *     is closed by the agent, with a WARN. On a stream that has ended there is nothing to outlive, and closing it
     *     does nothing.
     */
    Detached detach();

    /** A callback given to {@link ActiveStream#onAbort(Consumer)}. */
    interface Registration extends AutoCloseable {
        /** Takes the callback off. One that has begun runs on, and is not waited for. Closing twice is closing once. */
        @Override
        void close();
    }

    /** Keeps a stream open beyond its method. */
    interface Detached extends AutoCloseable {
        /**
         * Says that this part of the stream's work is done; from any thread, without waiting. Closing twice is
         * closing once.
         */
        @Override
        void close();
    }
}
