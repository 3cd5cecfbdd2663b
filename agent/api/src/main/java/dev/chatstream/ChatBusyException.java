package dev.chatstream;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a {@link ChatStream} method was refused because another stream holds the chat; the method's body has not
 * run. A web application answers 409.
 *
 * <p>Thrown at once under {@link OnBusy#REJECT}, when the wait is over or the queue full under {@link OnBusy#WAIT},
 * and, under every policy, where the same message was sent twice. Where the caller subscribes to a publisher, it is
 * the error signal. It is never thrown because Redis cannot be reached: see {@link ChatLockUnavailableException}.
 */
public final class ChatBusyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** The chat that is busy. */
    private final String chatId;

    /** The stream that holds it, where that is known. */
    private final @Nullable String ownerStreamId;

    /**
     * For the agent, and for tests of an application's own handlers.
     *
     * @param message says which chat is busy and what can be done
     * @param chatId the chat
     * @param ownerStreamId the stream that holds it; {@code null} where that is not known
     */
    public ChatBusyException(String message, String chatId, @Nullable String ownerStreamId) {
        super(requireNonNull(message, "message"));
        this.chatId = requireNonNull(chatId, "chatId");
        this.ownerStreamId = ownerStreamId;
    }

    /**
     * The chat that is busy.
     *
     * @return its id, as the application gave it: not escaped
     */
    public String chatId() {
        return chatId;
    }

    /**
     * The stream that held the chat when the call was refused. It may have ended since.
     *
     * @return its id; empty where it is not known, as when the chat's holder changed while the call waited
     */
    public Optional<String> ownerStreamId() {
        return Optional.ofNullable(ownerStreamId);
    }
}
