package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.core.StreamGuard;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the API asks, from whichever copy of it ({@code dev.chatstream.Bridge}). Only JDK types cross; null means
 * that there is no answer, also to what a newer API asks.
 */
final class Desk {

    private final Control control;
    private final OwnErrors errors;

    Desk(Control control, OwnErrors errors) {
        this.control = control;
        this.errors = errors;
    }

    @Nullable
    Object answer(String operation, @Nullable Object target, @Nullable Object argument) {
        try {
            return target instanceof GuardedStream stream
                    ? ofStream(operation, stream, argument)
                    : ofAll(operation, argument);
        } catch (Throwable error) {
            return unanswered(operation, error);
        }
    }

    /** Who stops a stream, or asks who holds a chat, is not told that all is well. */
    private @Nullable Object unanswered(String operation, Throwable error) {
        boolean asksOfPods = switch (operation) {
            case "abort", "abortChat", "owner" -> true;
            default -> false;
        };
        String consequence = asksOfPods
                ? "ChatStreams." + operation + " ends by ChatLockUnavailableException"
                : "ChatStreams answers as if there were no agent";
        errors.tell("bridge " + operation, consequence, error);
        return asksOfPods ? CompletableFuture.failedFuture(error) : null;
    }

    private @Nullable Object ofAll(String operation, @Nullable Object argument) throws ReflectiveOperationException {
        return switch (operation) {
            case "active" -> true;
            case "current" -> control.current();
            case "abort" -> control.abort(text(argument));
            case "abortChat" -> control.abortChat(text(argument));
            case "owner" -> control.owner(text(argument));
            case "owners" -> owners(argument);
            case "answer" -> betterAnswer(argument);
            case "unsaid" -> argument instanceof Object[] told && Aborts.isOne((String) told[0], (Throwable) told[1]);
            default -> null;
        };
    }

    /** Not the API asks, but a JAX-RS runtime. */
    private static @Nullable Object betterAnswer(@Nullable Object argument) throws ReflectiveOperationException {
        return argument instanceof Object[] told
                ? UnmappedExceptions.answer(told[0], (Class<?>) told[1], (String) told[2], (Object[]) told[3])
                : null;
    }

    private static @Nullable Object ofStream(String operation, GuardedStream stream, @Nullable Object argument) {
        return switch (operation) {
            case "chatId" -> stream.chatId();
            case "streamId" -> stream.streamId();
            case "abortReason" -> stream.abortReason().map(Enum::name).orElse(null);
            case "holdsLock" -> stream.holdsLock();
            case "leaseRemaining" -> stream.leaseRemaining();
            case "fence" -> stream.fence();
            case "onAbort" -> onAbort(stream, argument);
            case "wrapTask" -> argument instanceof Runnable task ? stream.wrap(task) : null;
            case "wrapExecutor" -> argument instanceof Executor executor ? stream.wrap(executor) : null;
            case "detach" -> stream.detach();
            default -> null;
        };
    }

    @SuppressWarnings("unchecked") // the seam's table of types
    private static @Nullable Object onAbort(GuardedStream stream, @Nullable Object argument) {
        return argument instanceof Consumer<?> callback
                ? stream.onAbort(reason -> ((Consumer<String>) callback).accept(reason.name()))
                : null;
    }

    private CompletableFuture<Map.Entry<Boolean, Map<String, String>>> owners(@Nullable Object argument) {
        List<String> chatIds = argument instanceof Collection<?> ids
                ? ids.stream().map(String::valueOf).toList()
                : List.of();
        return control.owners(chatIds).thenApply(Desk::pair);
    }

    private static Map.Entry<Boolean, Map<String, String>> pair(StreamGuard.Owners owners) {
        return new AbstractMap.SimpleImmutableEntry<>(owners.verified(), owners.byChatId());
    }

    private static String text(@Nullable Object argument) {
        return String.valueOf(argument);
    }
}
