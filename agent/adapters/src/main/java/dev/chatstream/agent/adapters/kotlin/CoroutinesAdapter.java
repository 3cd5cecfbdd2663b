package dev.chatstream.agent.adapters.kotlin;

import dev.chatstream.agent.shapes.Adapter;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.ContinuationInterceptor;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlinx.coroutines.CoroutineDispatcher;

/** Links functions that suspend to the coroutines of the application. */
final class CoroutinesAdapter implements Adapter.OfCoroutines {

    @Override
    public Object suspended() {
        return IntrinsicsKt.getCOROUTINE_SUSPENDED();
    }

    @Override
    public boolean isDispatched(Object continuation) {
        CoroutineContext context = ((Continuation<?>) continuation).getContext();
        ContinuationInterceptor interceptor = context.get(ContinuationInterceptor.Key);
        return interceptor instanceof CoroutineDispatcher dispatcher
                ? dispatcher.isDispatchNeeded(context)
                : interceptor != null;
    }

    @Override
    @SuppressWarnings("unchecked") // it takes whatever the function returns
    public Adapter.StandIn standIn(Object continuation, Adapter.Suspension suspension) {
        return StandIn.of((Continuation<Object>) continuation, suspension);
    }
}
