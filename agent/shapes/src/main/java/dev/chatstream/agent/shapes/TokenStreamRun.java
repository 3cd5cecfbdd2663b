package dev.chatstream.agent.shapes;

import dev.chatstream.agent.shapes.StandIns.Call;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One {@code start()} of a {@code TokenStream}. */
final class TokenStreamRun extends Delivery {

    private final Handles handles;
    private final TokenStreamCalls calls;
    private final Call start;
    private final Stopping stopping = Stopping.atNextElementOrLater();

    /** What came with the last event; brings a handle, where the model knows one. */
    private volatile @Nullable Object context;

    /** By itself: what the library tells after that goes on as it would without. */
    private volatile boolean ended;

    TokenStreamRun(Publication publication, Handles handles, TokenStreamCalls calls, Call start) {
        super(publication);
        this.handles = handles;
        this.calls = calls;
        this.start = start;
    }

    @Override
    protected void greet() {
        // nobody gets a subscription
    }

    @Override
    protected void start() {
        calls.begins(this);
        try {
            Object unused = start.proceed();
        } catch (Throwable failure) {
            throw Feed.<RuntimeException>unchecked(failure);
        }
    }

    void event(@Nullable Object brought, Runnable telling) {
        if (enters()) {
            try {
                context = brought == null ? context : brought;
                telling.run();
            } finally {
                left();
            }
        } else if (ended) {
            telling.run();
        } else {
            stop(brought);
        }
    }

    /** What the consumer gets, who may cancel the model by it. */
    Object heard(Object brought) {
        return handles.heard(brought, this::cancelled);
    }

    /** The complete response, or an error. */
    void end(@Nullable Object nothing, Runnable telling) {
        if (ended) {
            telling.run();
            return;
        }
        last(() -> {
            ended = true;
            telling.run();
        });
    }

    /** An event that nobody is told of: by a handle, or else by an exception, the model is to send no more. */
    private void stop(@Nullable Object brought) {
        boolean unused = stopping.claim();
        if (!handles.cancel(brought)) {
            throw new CancellationException("The stream was aborted.");
        }
    }

    @Override
    protected void cancelSource() {
        stopping.fromTheSide(() -> {
            boolean unused = handles.cancel(context);
        });
    }

    @Override
    protected void fail(Throwable failure) {
        calls.tellOfError(failure);
    }

    @Override
    protected void complete() {
        // it cannot: a response would have to be made up
    }

    @Override
    protected boolean canComplete() {
        return false;
    }
}
