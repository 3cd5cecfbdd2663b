package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.shapes.StandIns.Call;
import dev.chatstream.agent.shapes.StandIns.Interceptor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the stand-in of one {@link AsyncResponseShape} does. The stand-in holds it and the subscribed handler does; the stream
 * and the response's own future do not, or one that is forgotten would never be found.
 *
 * <p>Race, the next element, the last call and the longest wait after an abort: the first of them stops the response.
 */
final class AsyncResponse implements Interceptor {

    /** How an abort is told. */
    private record Abort(RuntimeException exception, boolean completes) {
        Optional<Throwable> told() {
            return completes ? Optional.empty() : Optional.of(exception);
        }
    }

    private final Object source;
    private final Outlet outlet;
    private final StandIns standIns;
    private final AsyncResponseShape library;
    private final Telling telling = new Telling();
    private final Stopping stopping = Stopping.atNextElementOnly();
    /** Whom to tell; null while nobody has subscribed. */
    private final AtomicReference<@Nullable Object> handler = new AtomicReference<>();

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Abort aborted;

    AsyncResponse(Object source, Outlet outlet, StandIns standIns, AsyncResponseShape library) {
        this.source = source;
        this.outlet = outlet;
        this.standIns = standIns;
        this.library = library;
        endUnlessSubscribed(library.future(source), handler, closed, outlet);
    }

    /**
     * One that fails before anybody subscribes tells its future only; a handler may be told after the future is. One that
     * nobody has closed is closed by its library once it is forgotten.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the application's own future
    private static void endUnlessSubscribed(
            CompletableFuture<?> future,
            AtomicReference<@Nullable Object> handler,
            AtomicBoolean closed,
            Outlet outlet) {
        future.whenComplete((nothing, failure) -> {
            if (handler.get() == null) {
                if (failure == null && !closed.get()) {
                    outlet.endForgotten();
                }
                outlet.end();
            }
        });
    }

    @Override
    public @Nullable Object intercept(Call call) throws Throwable {
        return switch (call.name()) {
            case "subscribe" -> subscribe(call);
            case "close" -> {
                closed.set(true);
                try {
                    yield call.proceed();
                } finally {
                    outlet.end();
                }
            }
            default -> call.proceed();
        };
    }

    private @Nullable Object subscribe(Call call) throws Throwable {
        Object[] arguments = call.arguments().clone();
        Object given = arguments[0];
        Executor executor = arguments.length > 1 && arguments[1] instanceof Executor one ? one : null;
        Object standIn = given == null ? null : standIns.of(given, this::deliver);
        if (given == null || standIn == null) {
            return call.proceed(); // which refuses null
        }
        Abort abort = aborted;
        if (abort != null) {
            stop(abort); // closed, it would refuse whoever subscribes
            tellLate(given, executor, abort);
            return source;
        }
        arguments[0] = standIn;
        if (executor != null) {
            arguments[1] = (Executor) task -> execute(executor, task);
        }
        boolean first = handler.compareAndSet(null, given);
        try {
            return call.proceed(arguments);
        } catch (Throwable refused) {
            boolean untold = first && handler.compareAndSet(given, null);
            Abort meanwhile = aborted;
            if (!first || meanwhile == null) {
                throw refused;
            }
            if (untold) { // race, an abort that closes it because nobody has subscribed
                tellLate(given, executor, meanwhile);
            }
            return source;
        }
    }

    private void tellLate(Object given, @Nullable Executor executor, Abort abort) {
        (executor == null ? (Executor) Runnable::run : executor).execute(() -> library.tell(given, abort.told()));
    }

    private void execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (Throwable refused) {
            outlet.end(); // nobody will be told of anything
            throw refused;
        }
    }

    private @Nullable Object deliver(Call call) throws Throwable {
        return switch (call.name()) {
            case "onNext" -> next(call);
            case "onComplete" -> complete(call);
            default -> call.proceed();
        };
    }

    private @Nullable Object next(Call call) throws Throwable {
        Abort abort = aborted;
        if (abort != null) {
            stop(abort);
            throw abort.exception(); // to the library's loop, should it go on though closed
        }
        if (!telling.begins()) {
            return null;
        }
        try {
            return call.proceed();
        } finally {
            telling.left();
        }
    }

    private @Nullable Object complete(Call call) throws Throwable {
        Abort abort = aborted;
        if (abort != null) {
            stop(abort);
            tell(abort); // it may be closed from the side just now, which looks like an end
            return null;
        }
        if (!telling.endBegins()) {
            return null;
        }
        try {
            return call.proceed();
        } finally {
            telling.left();
            outlet.end();
        }
    }

    void abort(AbortReason reason) {
        if (!closed.get()) {
            boolean completes = reason == AbortReason.STOPPED && outlet.completesOnStop();
            Abort abort = new Abort(outlet.exception(reason), completes);
            aborted = abort;
            if (handler.get() == null) {
                stop(abort); // nobody reads from it, who would close it
            } else if (telling.abort(() -> tellHandler(abort))) { // at once; its next element stops the source
                settle(abort); // race, its last call: the handler's outcome is the future's
            }
        }
    }

    private void stop(Abort abort) {
        if (stopping.claim()) {
            settle(abort);
            library.close(source);
            tell(abort);
        }
    }

    /** Its future, before it is closed: then it would look complete. */
    private void settle(Abort abort) {
        closed.set(true);
        CompletableFuture<?> future = library.future(source);
        boolean unused = abort.completes() ? future.complete(null) : future.completeExceptionally(abort.exception());
    }

    /** Once, whoever comes first; not where the last call has begun. */
    private void tell(Abort abort) {
        boolean unused = telling.abort(() -> tellHandler(abort));
    }

    private void tellHandler(Abort abort) {
        Object whom = handler.getAndSet(null);
        try {
            if (whom != null) {
                library.tell(whom, abort.told());
            }
        } finally {
            outlet.end();
        }
    }
}
