package dev.chatstream;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Redis was needed and could not be asked: no connection, no answer in time, or an error as its answer. A web
 * application answers 503.
 *
 * <p>Thrown by {@link ChatStreams#abort(String)}, {@link ChatStreams#abortChat(String)} and {@link
 * ChatStreams#owner(String)} where what is asked for is not in this JVM, and by a call of a {@link ChatStream} method
 * under the agent's setting {@code on-redis-down=reject}; the method's body has then not run.
 */
public final class ChatLockUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** The chat that the call was about, where it was about one. */
    private final @Nullable String chatId;

    /**
     * For the agent, and for tests of an application's own handlers.
     *
     * @param message says what could not be asked, why, and what can be done
     * @param chatId the chat; {@code null} where the call was not about one
     * @param cause what went wrong; {@code null} where there is no more to say than the message does
     */
    public ChatLockUnavailableException(String message, @Nullable String chatId, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.chatId = chatId;
    }

    /**
     * The chat that the call was about.
     *
     * @return its id, as the application gave it: not escaped; empty where the call was not about one chat, as with
     *     {@link ChatStreams#abort(String)}
     */
    public Optional<String> chatId() {
        return Optional.ofNullable(chatId);
    }
}
