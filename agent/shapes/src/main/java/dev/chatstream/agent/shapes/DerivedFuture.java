package dev.chatstream.agent.shapes;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a future, of what stands for its result. Whoever completes or cancels this one completes or cancels that one, and
 * hears of it as everybody does.
 */
final class DerivedFuture extends CompletableFuture<Object> {

    private final CompletableFuture<Object> source;

    DerivedFuture(CompletableFuture<Object> source) {
        this.source = source;
    }

    void done(@Nullable Object result) {
        super.complete(result);
    }

    void failed(Throwable failure) {
        super.completeExceptionally(failure);
    }

    @Override
    public boolean complete(@Nullable Object value) {
        return source.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return source.completeExceptionally(failure);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = source.cancel(mayInterruptIfRunning);
        return cancelled || super.isCancelled();
    }

    @Override
    public void obtrudeValue(@Nullable Object value) {
        source.obtrudeValue(value);
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable failure) {
        source.obtrudeException(failure);
        super.obtrudeException(failure);
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
