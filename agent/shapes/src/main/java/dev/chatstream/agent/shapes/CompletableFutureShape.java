package dev.chatstream.agent.shapes;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@link CompletableFuture}: the future itself is returned, observed, and completed with the application's
 * {@code ChatAbortedException} on an abort. Whoever shares it sees that too; what feeds it learns of it through
 * {@code onAbort}.
 *
 * <p>What it is completed with may go on. A future that is done already is returned as another one, of what stands for its
 * result; in one that is done later the result cannot be exchanged, which is said.
 */
final class CompletableFutureShape implements Shape {

    private final Inner inner;

    CompletableFutureShape(Inner inner) {
        this.inner = inner;
    }

    @Override
    public List<String> types() {
        return List.of("java.util.concurrent.CompletableFuture");
    }

    @Override
    public boolean isOver(Object value) {
        try {
            CompletableFuture<?> future = (CompletableFuture<?>) value;
            return future.isDone() && inner.of(result(future)) == null;
        } catch (UnsupportedOperationException minimal) {
            return false; // a minimal stage is a CompletableFuture that refuses most of what one can do
        }
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        CompletableFuture<?> future = (CompletableFuture<?>) value;
        Object result = result(future);
        Shape shape = inner.of(result);
        return result == null || shape == null ? followed(future, outlet) : followDone(future, result, shape, outlet);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it stands for is followed, not it
    private CompletableFuture<?> followed(CompletableFuture<?> future, Outlet outlet) {
        outlet.onAbort(future, CompletableFutureShape::abort);
        outlet.endIfForgotten(future);
        future.whenComplete((result, failure) -> outlet.endWith(result, inner));
        return future;
    }

    private CompletableFuture<?> followDone(CompletableFuture<?> future, Object result, Shape shape, Outlet outlet) {
        if (shape.replaces() && outlet.fits(CompletableFuture.class)) {
            return CompletableFuture.completedFuture(shape.follow(result, outlet));
        }
        outlet.endWith(result, inner);
        return future;
    }

    /** Null where there is none, or none yet. */
    private static @Nullable Object result(CompletableFuture<?> future) {
        try {
            return future.isDone() && !future.isCompletedExceptionally() ? future.join() : null;
        } catch (UnsupportedOperationException minimal) {
            return null;
        }
    }

    private static void abort(CompletableFuture<?> future, RuntimeException aborted) {
        try {
            future.completeExceptionally(aborted);
        } catch (UnsupportedOperationException minimal) {
            // it cannot be completed from outside: its code has onAbort only
        }
    }
}
