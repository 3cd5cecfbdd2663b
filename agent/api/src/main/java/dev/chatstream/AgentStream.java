package dev.chatstream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of the agent's, seen through its opaque handle. What the agent does not answer is what a stream without a
 * lock says.
 */
final class AgentStream implements ActiveStream {
    private final Object handle;

    AgentStream(Object handle) {
        this.handle = handle;
    }

    @Override
    public String chatId() {
        return ask("chatId", null, "");
    }

    @Override
    public String streamId() {
        return ask("streamId", null, "");
    }

    @Override
    public boolean isAborted() {
        return Bridge.call("abortReason", handle, null) != null;
    }

    @Override
    public Optional<AbortReason> abortReason() {
        return Optional.ofNullable((String) Bridge.call("abortReason", handle, null))
                .map(AbortReason::of);
    }

    @Override
    public void throwIfAborted() {
        Object name = Bridge.call("abortReason", handle, null);
        if (name != null) {
            AbortReason reason = AbortReason.of((String) name);
            String streamId = streamId();
            throw new ChatAbortedException(
                    "Stream " + Quoted.id(streamId) + " was aborted: " + reason, streamId, reason);
        }
    }

    @Override
    public Registration onAbort(Consumer<AbortReason> callback) {
        requireNonNull(callback, "callback");
        Consumer<String> named = name -> callback.accept(AbortReason.of(name));
        return new CloseOnce(ask("onAbort", named, AgentStream::nothing));
    }

    @Override
    public boolean holdsLock() {
        return ask("holdsLock", null, false);
    }

    @Override
    public Duration leaseRemaining() {
        return ask("leaseRemaining", null, Duration.ZERO);
    }

    @Override
    public long fence() {
        return ask("fence", null, 0L);
    }

    @Override
    public Runnable wrap(Runnable task) {
        return ask("wrapTask", requireNonNull(task, "task"), task);
    }

    @Override
    public Executor wrap(Executor executor) {
        return ask("wrapExecutor", requireNonNull(executor, "executor"), executor);
    }

    @Override
    public Detached detach() {
        return new CloseOnce(ask("detach", null, AgentStream::nothing));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AgentStream stream && handle.equals(stream.handle);
    }

    @Override
    public int hashCode() {
        return handle.hashCode();
    }

    @Override
    public String toString() {
        return "ActiveStream[chatId=" + Quoted.id(chatId()) + ", streamId=" + Quoted.id(streamId()) + "]";
    }

    @SuppressWarnings("unchecked") // the seam's own table of types
    private <T> T ask(String operation, @Nullable Object argument, T otherwise) {
        Object answer = Bridge.call(operation, handle, argument);
        return answer == null ? otherwise : (T) answer;
    }

    private static void nothing() {}
}
