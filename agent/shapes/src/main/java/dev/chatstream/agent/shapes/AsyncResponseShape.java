package dev.chatstream.agent.shapes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The {@code AsyncStreamResponse} of openai-java and anthropic-java: the caller subscribes through a stand-in, whose handler
 * stops the response on the thread that delivers, at its next element, and is told of one end.
 */
final class AsyncResponseShape implements Shape {

    private final StandIns standIns;
    private final NamedMethod onCompleteFuture;
    private final NamedMethod close;
    private final NamedMethod onComplete;

    AsyncResponseShape(StandIns standIns, Openings openings) {
        this.standIns = standIns;
        this.onCompleteFuture = new NamedMethod("onCompleteFuture", 0, openings);
        this.close = new NamedMethod("close", 0, openings);
        this.onComplete = new NamedMethod("onComplete", 1, openings);
    }

    @Override
    public List<String> types() {
        return List.of("com.openai.core.http.AsyncStreamResponse", "com.anthropic.core.http.AsyncStreamResponse");
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        return standIns.fits(value, declared) && onCompleteFuture.isOf(value) && close.isOf(value);
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        AsyncResponse response = new AsyncResponse(value, outlet, standIns, this);
        Object standIn = standIns.of(value, response);
        if (standIn == null) {
            throw new IllegalStateException("nothing can stand for " + value.getClass());
        }
        outlet.onAbortFor(response, AsyncResponse::abort);
        outlet.endIfForgotten(response);
        return standIn;
    }

    CompletableFuture<?> future(Object source) {
        try {
            return onCompleteFuture.call(source) instanceof CompletableFuture<?> future
                    ? future
                    : new CompletableFuture<Void>();
        } catch (Throwable impossible) {
            throw Feed.<RuntimeException>unchecked(impossible);
        }
    }

    void close(Object source) {
        try {
            Object unused = close.call(source);
        } catch (Throwable itsOwn) {
            // its consumer is told of the abort, which is why it was closed
        }
    }

    /** Tells a handler of its end; nobody else is there to be told of what it throws. */
    void tell(Object handler, Optional<Throwable> end) {
        try {
            Object unused = onComplete.isOf(handler) ? onComplete.call(handler, end) : null;
        } catch (Throwable itsOwn) {
            // as the library itself, which is not to suffer from it
        }
    }
}
