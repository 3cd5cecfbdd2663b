package dev.chatstream.agent.instrument;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@link CompletableFuture}: the future itself is returned, observed, and completed with the application's
 * {@code ChatAbortedException} on an abort. Whoever shares it sees that too; what feeds it learns of it through
 * {@code onAbort}.
 */
final class CompletableFutureShape implements Shape {

    @Override
    public List<String> types() {
        return List.of("java.util.concurrent.CompletableFuture");
    }

    @Override
    public boolean isOver(Object value) {
        try {
            return ((CompletableFuture<?>) value).isDone();
        } catch (UnsupportedOperationException minimal) {
            return false; // a minimal stage is a CompletableFuture that refuses most of what one can do
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what it stands for is followed, not it
    public Object follow(Object value, Outlet outlet) {
        CompletableFuture<?> future = (CompletableFuture<?>) value;
        outlet.onAbort(future, CompletableFutureShape::abort);
        outlet.endIfForgotten(future);
        future.whenComplete((result, failure) -> outlet.end());
        return future;
    }

    private static void abort(CompletableFuture<?> future, RuntimeException aborted) {
        try {
            future.completeExceptionally(aborted);
        } catch (UnsupportedOperationException minimal) {
            // it cannot be completed from outside: its code has onAbort only
        }
    }
}
