package dev.chatstream.agent.adapters.kotlin;

import dev.chatstream.agent.shapes.Adapter;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.CoroutineExceptionHandlerKt;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.JobSupport;
import kotlinx.coroutines.internal.ScopeCoroutine;
import org.jspecify.annotations.Nullable;

/**
 * The job of one call: a child of the caller's, so that an abort of the call's stream ends nothing but the call. A scope like
 * that of {@code coroutineScope}, which code inside of a flow may emit from; but it resumes nobody. Whatever else cancels it
 * was meant for the caller's job, which the code would have without it, and is handed on to that.
 */
final class GuardedScope extends ScopeCoroutine<Object> {

    private final CoroutineContext outer;
    private final Adapter.@Nullable Suspension suspension;
    private final AtomicBoolean completed = new AtomicBoolean();
    private volatile @Nullable CancellationException abort;

    GuardedScope(CoroutineContext outer, Continuation<Object> caller, Adapter.Suspension suspension) {
        super(outer, caller);
        this.outer = outer;
        this.suspension = suspension;
    }

    void abort(CancellationException exception) {
        abort = exception;
        cancel(exception);
    }

    void complete() {
        if (completed.compareAndSet(false, true)) {
            resumeWith(Unit.INSTANCE);
        }
    }

    /** Called within the constructor of the super type already, where the caller is cancelled. */
    @Override
    @SuppressWarnings("ReferenceEquality") // this very one
    protected void onCancelling(@Nullable Throwable cause) {
        if (suspension == null || cause == null) {
            return;
        }
        if (cause != abort) {
            handOn(cause);
        }
        suspension.cancelled();
    }

    @SuppressWarnings("deprecation") // the library means it for itself, and there is no other way to fail a job
    private void handOn(Throwable cause) {
        Job parent = outer.get(Job.Key);
        if (cause instanceof CancellationException cancellation) {
            if (parent != null && parent.isActive()) {
                parent.cancel(cancellation);
            }
        } else if (!(parent instanceof JobSupport known) || !known.childCancelled(cause)) {
            CoroutineExceptionHandlerKt.handleCoroutineException(outer, cause);
        }
    }

    @Override
    protected void afterCompletion(@Nullable Object state) {
        // the caller is resumed by the function's own return
    }

    @Override
    protected void afterResume(@Nullable Object state) {
        // the same
    }
}
