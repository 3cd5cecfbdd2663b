package dev.chatstream;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the agent's futures, which know only JDK types, into what this API promises: its own exceptions, and futures
 * that belong to the caller.
 */
final class AgentFutures {
    private AgentFutures() {}

    /**
     * Waits where the agent bounds the wait. An interrupt is kept and does not end it: a Stop must not be half asked
     * for.
     */
    static <T extends @Nullable Object> T join(CompletableFuture<T> asked, @Nullable String chatId) {
        try {
            return asked.join();
        } catch (CompletionException | CancellationException e) {
            throw translated(e, chatId);
        }
    }

    /**
     * A future of the caller's own. The agent's may be shared, and completes on a thread that must not run the
     * caller's code: so unless the answer is already there, this one completes elsewhere. Race: an answer that comes
     * after the look is handed over elsewhere too.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // complete() does not throw
    static <T extends @Nullable Object> CompletableFuture<T> copy(CompletableFuture<T> asked, @Nullable String chatId) {
        CompletableFuture<T> copy = new CompletableFuture<>();
        if (asked.isDone()) {
            asked.whenComplete((answer, failure) -> complete(copy, answer, failure, chatId));
        } else {
            asked.whenCompleteAsync((answer, failure) -> complete(copy, answer, failure, chatId));
        }
        return copy;
    }

    /** {@code owners} never fails: whatever goes wrong, nothing is verified and nobody is known. */
    static CompletableFuture<ChatStreams.Owners> owners(
            CompletableFuture<Map.Entry<Boolean, Map<String, String>>> asked) {
        return asked.handle((answer, failure) -> failure == null
                ? new ChatStreams.Owners(answer.getKey(), answer.getValue())
                : ChatStreams.Owners.UNKNOWN);
    }

    private static <T extends @Nullable Object> void complete(
            CompletableFuture<T> copy, T answer, @Nullable Throwable failure, @Nullable String chatId) {
        if (failure == null) {
            copy.complete(answer);
        } else {
            // directly, not from a stage that throws: the caller's own stages then see the exception unwrapped
            copy.completeExceptionally(translated(failure, chatId));
        }
    }

    private static ChatLockUnavailableException translated(Throwable failure, @Nullable String chatId) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause instanceof IOException ? cause.getMessage() : null;
        return new ChatLockUnavailableException(
                message == null ? "ChatStream could not answer: " + cause : message, chatId, cause);
    }
}
