package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open stream, as the code inside it sees it. Every method may be called from any thread and none blocks. */
public interface GuardedStream {

    /** Why a stream was aborted; the names are those of the API. */
    enum AbortReason {
        STOPPED,
        LOCK_LOST,
        SUPERSEDED,
        CONSUMER_GONE,
        MAX_HOLD,
        SHUTDOWN
    }

    /** The chat's id; empty where the call had none. */
    String chatId();

    String streamId();

    Optional<AbortReason> abortReason();

    /** Whether this stream is entitled to its chat in the store, now. */
    boolean holdsLock();

    /** How long it is entitled without another renewal; zero where there is no lock. */
    Duration leaseRemaining();

    /** Grows with every stream that gets this chat; kept after the lock is gone; 0 while there never was one. */
    long fence();

    /**
     * Runs the callback when the stream is aborted, on a virtual thread of its own; at once if it is already.
     *
     * @return closing it takes the callback back
     */
    AutoCloseable onAbort(Consumer<AbortReason> callback);

    /** A task that runs inside this stream, on whatever thread. */
    Runnable wrap(Runnable task);

    /** An executor whose tasks run inside this stream. */
    Executor wrap(Executor executor);

    /**
     * For tools that carry values from thread to thread by themselves: from now on the calling thread runs in this stream,
     * instead of one that was carried to it before, until another is. Nothing is taken away from a thread that is inside a
     * guarded method: below that, it runs in its stream as before.
     *
     * @param stream null: none
     */
    static void carry(@Nullable GuardedStream stream) {
        Scope.carry(stream instanceof OpenStream known ? known : null);
    }

    /** The streams that code runs in which goes from thread to thread: from the innermost to the outermost. */
    sealed interface Carried permits Scope.Chain {}

    /**
     * As {@link #carry(GuardedStream)}, for whole chains.
     *
     * @return what was carried to the calling thread before, to be carried to it again
     */
    static Carried carryAll(Carried streams) {
        return Scope.carry((Scope.Chain) streams);
    }

    /** The innermost open stream that the calling thread runs in. */
    static @Nullable GuardedStream current() {
        return Scope.current();
    }

    /** Keeps the stream open after its method has returned, until closed, or found unreachable (then with a WARN). */
    AutoCloseable detach();
}
