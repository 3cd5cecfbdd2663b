package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.GuardedStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** An open stream that says the same always. */
final class FakeStream implements GuardedStream {

    Optional<AbortReason> reason = Optional.empty();
    final List<Consumer<AbortReason>> callbacks = new ArrayList<>();
    int detached;

    @Override
    public String chatId() {
        return "chat";
    }

    @Override
    public String streamId() {
        return "stream";
    }

    @Override
    public Optional<AbortReason> abortReason() {
        return reason;
    }

    @Override
    public boolean holdsLock() {
        return true;
    }

    @Override
    public Duration leaseRemaining() {
        return Duration.ofSeconds(7);
    }

    @Override
    public long fence() {
        return 42;
    }

    @Override
    public AutoCloseable onAbort(Consumer<AbortReason> callback) {
        callbacks.add(callback);
        return () -> callbacks.remove(callback);
    }

    @Override
    public Runnable wrap(Runnable task) {
        return () -> task.run();
    }

    @Override
    public Executor wrap(Executor executor) {
        return executor;
    }

    @Override
    public AutoCloseable detach() {
        detached++;
        return () -> detached--;
    }
}
