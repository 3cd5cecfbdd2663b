package dev.chatstream.agent.shapes;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@link CompletableFuture}: the future itself is returned, observed, and completed with the application's
 * {@code ChatAbortedException} on an abort. Whoever shares it sees that too; what feeds it learns of it through
 * {@code onAbort}.
 *
 * <p>What it is completed with may go on. Where something else is to stand for that, the caller gets another future: if it is done
 * already, or if the method's signature says what will come. Where neither tells, the result cannot be exchanged, which is said.
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
    @SuppressWarnings("FutureReturnValueIgnored") // it goes to whom it belongs
    public Object follow(Object value, Outlet outlet) {
        CompletableFuture<?> future = (CompletableFuture<?>) value;
        Object result = result(future);
        Shape shape = inner.of(result);
        if (result != null && shape != null) {
            return followDone(future, result, shape, outlet);
        }
        return outlet.holdsReplaced() && outlet.fits(DerivedFuture.class)
                ? derived(future, outlet)
                : followed(future, outlet);
    }

    @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) // the caller gets what the method's signature says
    private static CompletableFuture<?> derived(CompletableFuture<?> future, Outlet outlet) {
        DerivedFuture derived = new DerivedFuture((CompletableFuture<Object>) future);
        outlet.onAbort(future, CompletableFutureShape::abort);
        outlet.endIfForgotten(future);
        future.whenComplete((result, failure) -> {
            if (failure == null) {
                derived.done(handedOver(result, outlet));
            } else {
                derived.failed(failure);
                outlet.end();
            }
        });
        return derived;
    }

    /** What the caller gets; whatever happens here, it gets something. */
    private static @Nullable Object handedOver(@Nullable Object result, Outlet outlet) {
        try {
            Object instead = outlet.goesOn(result);
            if (instead != null) {
                return instead;
            }
        } catch (RuntimeException | Error own) {
            outlet.failed(own);
        }
        outlet.end();
        return result;
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
