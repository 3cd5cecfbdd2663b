package dev.chatstream.agent.adapters.springmvc;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.shapes.Adapter;
import dev.chatstream.agent.shapes.Outlet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/**
 * {@link ResponseBodyEmitter}, so {@code SseEmitter} too: observed, since whoever feeds it holds it. An abort completes it
 * with the application's {@code ChatAbortedException}; after a Stop under {@code COMPLETE} it completes normally.
 *
 * <p>Its own callbacks are the application's: before Spring 6.2 there is one of each kind, and the last that is set counts.
 * And where it is completed before Spring MVC has it, none is ever called. So it is looked at, until it is either complete or
 * has a handler; behind that stands a {@link DeferredResult} of Spring's own, whose callbacks nobody else sets.
 */
final class EmitterAdapter implements Adapter {

    /** How often a complete one is looked at until it has a result: a second, at the pace of a lookout. */
    private static final int MOST_LOOKS = 50;

    private final Slot<Boolean> complete = Slot.of(ResponseBodyEmitter.class, "complete", Boolean.class);
    private final Slot<Throwable> failure = Slot.of(ResponseBodyEmitter.class, "failure", Throwable.class);
    private final Slot<Object> handler = Slot.of(ResponseBodyEmitter.class, "handler", Object.class);
    private final DeferredSlots slots = new DeferredSlots();

    /** Which field of a handler's class holds the result; throws where there is none. */
    private final ClassValue<Slot<DeferredResult<?>>> results = new ClassValue<>() {
        @Override
        protected Slot<DeferredResult<?>> computeValue(Class<?> type) {
            try {
                return Slot.of(type, DeferredResult.class);
            } catch (ReflectiveOperationException unknown) {
                throw new IllegalStateException(unknown);
            }
        }
    };

    EmitterAdapter() throws ReflectiveOperationException {}

    @Override
    public Object follow(Object value, Outlet outlet) {
        ResponseBodyEmitter emitter = (ResponseBodyEmitter) value;
        outlet.onAbortFor(emitter, (there, reason) -> abort(there, reason, outlet));
        outlet.endIfForgotten(emitter);
        AtomicInteger looks = new AtomicInteger();
        if (!settled(emitter, looks, outlet)) {
            outlet.lookAt(emitter, there -> settled(there, looks, outlet));
        }
        return emitter;
    }

    /** Whether it is over, or its end will be told. */
    private boolean settled(ResponseBodyEmitter emitter, AtomicInteger looks, Outlet outlet) {
        boolean isComplete = Boolean.TRUE.equals(complete.get(emitter)); // before the rest is looked at
        DeferredResult<?> result = result(emitter);
        if (isComplete) {
            // race, its completion against what tells who completed it, which Spring sets after that
            if (result != null && !result.hasResult() && looks.incrementAndGet() < MOST_LOOKS) {
                return false;
            }
            end(emitter, result, outlet);
            return true;
        }
        if (result == null || !slots.hasCompletionCallback(result)) { // which is the last that a handler is given
            return false;
        }
        slots.observe(result, new Ending(outlet));
        return true;
    }

    /** It was over before anybody could be told: what it says tells who ended it. */
    private void end(ResponseBodyEmitter emitter, @Nullable DeferredResult<?> result, Outlet outlet) {
        if (result == null) {
            outlet.end();
            return;
        }
        Ending ending = new Ending(outlet);
        if (failure.get(emitter) == null && result.getResult() instanceof Throwable ofTheContainer) {
            ending.failed(ofTheContainer);
        }
        ending.over(result);
    }

    /** Null: Spring MVC does not have the emitter yet. */
    private @Nullable DeferredResult<?> result(ResponseBodyEmitter emitter) {
        Object known = handler.get(emitter);
        return known == null ? null : results.get(known.getClass()).get(known);
    }

    /** Waits while another thread is inside of {@code send}; the chat is free after the grace all the same. */
    private static void abort(ResponseBodyEmitter emitter, AbortReason reason, Outlet outlet) {
        try {
            if (reason == AbortReason.STOPPED && outlet.completesOnStop()) {
                emitter.complete();
            } else {
                emitter.completeWithError(outlet.exception(reason));
            }
        } finally {
            outlet.end();
        }
    }
}
