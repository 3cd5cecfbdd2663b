package dev.chatstream;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stops streams, and tells which stream holds a chat, on whichever JVM it runs.
 *
 * <p>The methods named {@code …Async} are for threads that must not wait, such as event loops. The others may wait
 * for Redis, at most for the agent's setting {@code redis-command-timeout} (2 s where nobody set it), and an
 * interrupt does not end that wait (the flag is kept).
 *
 * <p>A future that comes from here belongs to the caller: to complete or cancel it has no effect on what was asked
 * for. What depends on it runs on the caller's thread or in {@link CompletableFuture#defaultExecutor()}, never on a
 * thread of the agent's, and so may wait.
 *
 * <p>Without the agent, or with the agent's setting {@code enabled=false}, nothing is stopped and nobody holds a chat.
 */
public final class ChatStreams {
    private ChatStreams() {}

    /**
     * Whether the agent is there and enabled. An application may refuse to start without it.
     *
     * @return {@code false}: every call in this package does nothing
     */
    public static boolean isAgentActive() {
        return Boolean.TRUE.equals(Bridge.call("active", null, null));
    }

    /**
     * The open stream that the calling code runs in; the inner one where streams are nested. Known on the method's
     * own thread and inherited by virtual threads and structured scopes that are started inside; anywhere else
     * through {@link ActiveStream#wrap(Runnable)}.
     *
     * @return the stream; empty outside of one
     */
    public static Optional<ActiveStream> current() {
        Object handle = Bridge.call("current", null, null);
        return handle == null ? Optional.empty() : Optional.of(new AgentStream(handle));
    }

    /**
     * Stop: aborts the stream of this id with {@link AbortReason#STOPPED}, on whichever JVM it runs or waits. If it
     * is here, it is aborted when this returns; else the request is then in Redis, where every JVM looks each {@code
     * abort-poll}, and it stays there for an hour. Asking twice is asking once. An id that no stream has is no error.
     *
     * <p>It does not wait for the stream to end, and it does not ask who may stop what: that is for the application.
     *
     * @param streamId the stream's id
     * @throws ChatLockUnavailableException if the stream is not in this JVM and Redis could not be asked
     */
    public static void abort(String streamId) {
        CompletableFuture<?> asked = futureOf("abort", requireNonNull(streamId, "streamId"));
        if (asked != null) {
            AgentFutures.join(asked, null);
        }
    }

    /**
     * As {@link #abort(String)}, without waiting.
     *
     * @param streamId the stream's id
     * @return completes when {@link #abort(String)} would return, or with its exception
     */
    public static CompletableFuture<@Nullable Void> abortAsync(String streamId) {
        CompletableFuture<@Nullable Void> asked = futureOf("abort", requireNonNull(streamId, "streamId"));
        return asked == null ? CompletableFuture.completedFuture(null) : AgentFutures.copy(asked, null);
    }

    /**
     * Stop, for who knows only the chat: looks up which stream holds it and {@linkplain #abort(String) aborts} that
     * one. Streams that wait for the chat are not stopped; the first of them enters.
     *
     * @param chatId the chat's id
     * @return the id of the stream that was asked to stop; empty where nobody holds the chat
     * @throws ChatLockUnavailableException if the chat is not held in this JVM and Redis could not be asked
     */
    public static Optional<String> abortChat(String chatId) {
        CompletableFuture<Optional<String>> asked = futureOf("abortChat", requireNonNull(chatId, "chatId"));
        return asked == null ? Optional.empty() : AgentFutures.join(asked, chatId);
    }

    /**
     * As {@link #abortChat(String)}, without waiting.
     *
     * @param chatId the chat's id
     * @return completes with what {@link #abortChat(String)} would return, or with its exception
     */
    public static CompletableFuture<Optional<String>> abortChatAsync(String chatId) {
        CompletableFuture<Optional<String>> asked = futureOf("abortChat", requireNonNull(chatId, "chatId"));
        return asked == null ? CompletableFuture.completedFuture(Optional.empty()) : AgentFutures.copy(asked, chatId);
    }

    /**
     * Which stream holds a chat, here or on another JVM. The answer may be out of date when it arrives: to enter a
     * chat only when it is free, call the method under {@link OnBusy#REJECT}.
     *
     * @param chatId the chat's id
     * @return the id of the stream that holds it; empty where nobody does
     * @throws ChatLockUnavailableException if the chat is not held in this JVM and Redis could not be asked
     */
    public static Optional<String> owner(String chatId) {
        CompletableFuture<Optional<String>> asked = futureOf("owner", requireNonNull(chatId, "chatId"));
        return asked == null ? Optional.empty() : AgentFutures.join(asked, chatId);
    }

    /**
     * Which streams hold these chats, for a list of chats on a screen: one round trip to Redis (one a node on a
     * Cluster), however many they are. It never throws because of Redis.
     *
     * @param chatIds the chats' ids, in any order; none of them null
     * @return who holds them, as far as that could be learned
     */
    public static Owners owners(Collection<String> chatIds) {
        CompletableFuture<Map.Entry<Boolean, Map<String, String>>> asked = futureOf("owners", copyOf(chatIds));
        return asked == null ? Owners.UNKNOWN : AgentFutures.owners(asked).join();
    }

    /**
     * As {@link #owners(Collection)}, without waiting.
     *
     * @param chatIds the chats' ids, in any order; none of them null
     * @return completes with what {@link #owners(Collection)} would return, and never with an exception
     */
    public static CompletableFuture<Owners> ownersAsync(Collection<String> chatIds) {
        CompletableFuture<Map.Entry<Boolean, Map<String, String>>> asked = futureOf("owners", copyOf(chatIds));
        return asked == null
                ? CompletableFuture.completedFuture(Owners.UNKNOWN)
                : AgentFutures.copy(AgentFutures.owners(asked), null);
    }

    private static List<String> copyOf(Collection<String> chatIds) {
        for (String chatId : requireNonNull(chatIds, "chatIds")) {
            requireNonNull(chatId, "chatIds: one of them is null");
        }
        return List.copyOf(chatIds);
    }

    @SuppressWarnings("unchecked") // the seam's own table of types
    private static <T extends @Nullable Object> @Nullable CompletableFuture<T> futureOf(
            String operation, Object argument) {
        return (CompletableFuture<T>) Bridge.call(operation, null, argument);
    }

    /**
     * Who holds which chats.
     *
     * @param verified whether Redis said so; {@code false}: it could not be asked, or there is none, and only the
     *     streams of this JVM are known
     * @param byChatId the id of the stream that holds it, for each chat that somebody holds; a chat that is not in it
     *     is free, as far as {@code verified} goes. Cannot be modified.
     */
    public record Owners(boolean verified, Map<String, String> byChatId) {
        static final Owners UNKNOWN = new Owners(false, Map.of());

        /**
         * Keeps a copy of the map.
         *
         * @param verified whether Redis said so
         * @param byChatId the holders' stream ids by chat id, without nulls
         */
        public Owners {
            byChatId = Map.copyOf(requireNonNull(byChatId, "byChatId"));
        }
    }
}
