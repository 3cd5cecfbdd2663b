package dev.chatstream.agent.core;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way into the engine: one per JVM. */
public final class StreamGuard {

    /** Who holds chats. {@code verified}: the store said so; otherwise only this JVM is known. */
    public record Owners(boolean verified, Map<String, String> byChatId) {}

    /**
     * Starts the engine. Nothing connects before {@link #open}.
     *
     * @param store where locks are kept; null: streams exclude each other within this JVM only
     */
    public static StreamGuard start(GuardSettings settings, @Nullable LeaseStore store, Journal journal) {
        throw new UnsupportedOperationException();
    }

    /** Makes the store connect, in the background: a method is guarded now. Idempotent. */
    public void open() {
        throw new UnsupportedOperationException();
    }

    /**
     * Lets a call in, or says why not. Blocks as its policy says: at most the acquire timeout for a busy chat, the command
     * timeout for the store.
     */
    public Entry enter(Call call) {
        throw new UnsupportedOperationException(call.toString());
    }

    /** The innermost open stream that the calling thread runs in. */
    public @Nullable GuardedStream current() {
        throw new UnsupportedOperationException();
    }

    /** Stops a stream wherever it runs. Fails with an IOException where the store could not be asked and it is not here. */
    public CompletableFuture<@Nullable Void> abort(String streamId) {
        throw new UnsupportedOperationException(streamId);
    }

    /** Stops the stream that holds the chat and names it. Fails as {@link #abort}. */
    public CompletableFuture<Optional<String>> abortChat(String chatId) {
        throw new UnsupportedOperationException(chatId);
    }

    /** The stream that holds the chat. Fails as {@link #abort}. */
    public CompletableFuture<Optional<String>> owner(String chatId) {
        throw new UnsupportedOperationException(chatId);
    }

    /** The streams that hold these chats; never fails. */
    public CompletableFuture<Owners> owners(Collection<String> chatIds) {
        throw new UnsupportedOperationException(chatIds.toString());
    }

    /**
     * Aborts and releases whatever is open, ends what waits, closes the store; at most two seconds. Calls that enter later
     * are refused.
     */
    public void shutdown() {
        throw new UnsupportedOperationException();
    }
}
