package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answer to a call that wants in. Messages are for the application's log and hold escaped ids. */
public sealed interface Entry {

    /**
     * The call runs, as a stream of its own or inside one that it joined. Exactly one of {@link #leave} and {@link #fail}
     * is called, by the thread that entered.
     */
    non-sealed interface Entered extends Entry {

        GuardedStream stream();

        /** A part of the stream that goes on after the method has returned: a value that streams. */
        Member member();

        /**
         * The method returned. Where this ends the stream, waits for the answer to the release, at most the command
         * timeout, and not while the store is silent.
         */
        void leave();

        /** The method threw: as {@link #leave}, and the stream ends though parts of it are detached. */
        void fail();
    }

    /**
     * A function that suspends: it waits for its chat without a thread, and runs now on one thread, now on another. Until its
     * {@link #outcome} says that it is in, nothing else may be asked of it but to wait and to withdraw. {@link #leave} and
     * {@link #fail} may be called from any thread, and wait for nothing.
     */
    interface Suspended extends Entered {

        /**
         * Why it is not let in; empty: it is in. Exceptionally only for an error of the agent's own. Whoever goes on with it may
         * be on any thread of the agent's, so nothing of the application's may be called there.
         */
        CompletableFuture<Optional<Refusal>> outcome();

        /** Waits for the outcome, for at most as long as the policy says; an interrupt ends the wait, and is kept. */
        Optional<Refusal> await();

        /** The caller has gone: it waits no more, and what it has or gets all the same is given back. Never blocks. */
        void withdraw();

        /** The function itself, as a part of its stream: {@link #leave} closes it. */
        Member self();

        /** The calling thread runs in the function until the answer is run, on the same thread. */
        Runnable here();

        /** The streams that the function runs in. */
        GuardedStream.Carried carried();
    }

    /** A part of an open stream, which keeps it open until closed. Closing twice is closing once; closing never blocks. */
    interface Member extends AutoCloseable {

        GuardedStream stream();

        /** The part is a publisher: the streams of subscriptions to it, the first of which has this one. Asked for once. */
        Subscriptions subscriptions();

        /**
         * What to do to the part when the stream is aborted; run at most once, on a virtual thread of its own, at once if the
         * stream is aborted already. It must hold the value that goes on weakly: what it holds stays reachable for as long as
         * the stream is open.
         */
        void whenAborted(Consumer<AbortReason> action);

        /**
         * Whoever was to get what this part makes is gone: the stream is aborted, unless that was done before or is not to be.
         * Its callbacks are started before this returns, and keep its lock; what they do is not waited for.
         */
        void consumerGone();

        /**
         * Hands the last signal of what this part makes to its consumer, on the calling thread. A guarded call for the same chat
         * inside of that would wait for this part, which ends only after it: for such a call the part is closed at once.
         *
         * @param over whether nothing of the part goes on but that signal; asked when such a call begins
         */
        void runLast(Runnable lastSignal, BooleanSupplier over);

        /**
         * Runs a body of the method's on the calling thread: inside the stream, and interrupted by an abort, a former one too.
         *
         * @param interruptible false: an abort does not interrupt this thread
         */
        <T extends @Nullable Object> T run(Callable<T> body, boolean interruptible) throws Exception;

        @Override
        void close();
    }

    /** The call is not let in. */
    sealed interface Refusal extends Entry {
        String message();
    }

    /** Another stream holds the chat, or too many wait for it. */
    record Busy(String message, String chatId, @Nullable String ownerStreamId) implements Refusal {}

    /** The store was needed and could not be asked. */
    record Unavailable(String message, String chatId) implements Refusal {}

    /** The call was stopped while it waited, or its outer stream is aborted, or the JVM shuts down. */
    record Aborted(String message, String streamId, AbortReason reason) implements Refusal {}

    /** There is no usable chat id, and the policy is to reject. */
    record MissingChatId(String message) implements Refusal {}
}
