package dev.chatstream.agent.adapters.kotlin;

import java.util.concurrent.CompletableFuture;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;

/** Calls a function that suspends, and is resumed by it. */
record Caller(CoroutineContext context, CompletableFuture<Object> outcome) implements Continuation<Object> {

    static Caller in(CoroutineContext context) {
        return new Caller(context, new CompletableFuture<>());
    }

    @Override
    public CoroutineContext getContext() {
        return context;
    }

    @Override
    public void resumeWith(Object result) {
        boolean first;
        try {
            ResultKt.throwOnFailure(result);
            first = outcome.complete(result);
        } catch (Throwable failure) {
            first = outcome.completeExceptionally(failure);
        }
        if (!first) {
            throw new IllegalStateException("resumed twice");
        }
    }
}
