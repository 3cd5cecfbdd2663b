package dev.chatstream.agent.adapters.kotlin;

import dev.chatstream.agent.shapes.Adapter;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the continuation of a caller: one like those that the compiler makes, as if a function of ours stood between
 * the two. So it is resumed on the dispatcher's threads, and resumes its caller without another dispatch.
 */
final class StandIn extends ContinuationImpl implements Adapter.StandIn {
    private static final long serialVersionUID = 1;

    private final transient GuardedScope scope;
    private final transient Adapter.Suspension suspension;
    private final transient AtomicBoolean begun = new AtomicBoolean();
    private transient volatile boolean waits;

    private StandIn(
            Continuation<Object> caller, CoroutineContext context, GuardedScope scope, Adapter.Suspension suspension) {
        super(caller, context);
        this.scope = scope;
        this.suspension = suspension;
    }

    static StandIn of(Continuation<Object> caller, Adapter.Suspension suspension) {
        GuardedScope scope = new GuardedScope(caller.getContext(), caller, suspension);
        return new StandIn(caller, GuardedContext.of(caller.getContext(), scope, suspension), scope, suspension);
    }

    @Override
    public Adapter.Suspension suspension() {
        return suspension;
    }

    @Override
    public void begin() {
        waits = true;
        try {
            intercepted().resumeWith(Unit.INSTANCE);
        } catch (Throwable itsOwn) {
            if (!begun.get()) {
                resumeWith(
                        Unit.INSTANCE); // a dispatcher that is closed: it begins here, or nobody would ever hear of it
            }
        }
    }

    @Override
    protected @Nullable Object invokeSuspend(Object result) {
        if (waits && begun.compareAndSet(false, true)) {
            try {
                return suspension.begin();
            } catch (Throwable thrown) {
                throw StandIn.<RuntimeException>unchecked(thrown);
            }
        }
        try {
            ResultKt.throwOnFailure(result);
        } catch (Throwable failure) {
            suspension.threw();
            throw failure;
        }
        return suspension.returned(result);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable any) throws T {
        throw (T) any;
    }

    @Override
    public void cancel(CancellationException exception) {
        scope.abort(exception);
    }

    @Override
    public @Nullable CancellationException cancelled() {
        return scope.isCancelled() ? scope.getCancellationException() : null;
    }

    @Override
    public void complete() {
        scope.complete();
    }
}
