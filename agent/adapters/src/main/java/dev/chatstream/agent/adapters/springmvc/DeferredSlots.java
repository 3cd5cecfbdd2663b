package dev.chatstream.agent.adapters.springmvc;

import java.util.function.Consumer;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The callbacks of a {@link DeferredResult}, of which it has one each. Whatever is there is chained, never replaced: what the
 * application has set stays, and what it sets later takes the agent's place.
 */
final class DeferredSlots {

    private final Slot<Runnable> timeout = Slot.of(DeferredResult.class, "timeoutCallback", Runnable.class);
    private final Slot<Runnable> completion = Slot.of(DeferredResult.class, "completionCallback", Runnable.class);
    private final Slot<Consumer<Throwable>> error = Slot.of(DeferredResult.class, "errorCallback", Consumer.class);
    private final Slot<Boolean> expired = Slot.of(DeferredResult.class, "expired", Boolean.class);

    DeferredSlots() throws ReflectiveOperationException {}

    boolean hasCompletionCallback(DeferredResult<?> result) {
        return completion.get(result) != null;
    }

    /** Whether it is the agent that is told of the completion. */
    boolean areOurs(DeferredResult<?> result) {
        return completion.get(result) instanceof Chained.Run;
    }

    /** From now on the request's end is told. Race, the end itself meanwhile: it is told once or twice, and counts once. */
    void observe(DeferredResult<?> result, Ending ending) {
        timeout.change(result, theirs -> new Chained.Run(theirs, ending::timedOut));
        error.change(result, theirs -> new Chained.Tell(theirs, ending::failed));
        completion.change(result, theirs -> new Chained.Run(theirs, ending::over));
        if (Boolean.TRUE.equals(expired.get(result))) {
            ending.over();
        }
    }
}
