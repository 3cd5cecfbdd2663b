package dev.chatstream.agent.adapters.springmvc;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.shapes.Adapter;
import dev.chatstream.agent.shapes.Outlet;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/**
 * {@link ResponseBodyEmitter}, so {@code SseEmitter} too: observed, since whoever feeds it holds it. An abort completes it
 * with the application's {@code ChatAbortedException}; after a Stop under {@code COMPLETE} it completes normally.
 *
 * <p>Its own callbacks are the application's: before Spring 6.2 there is one of each kind, and the last that is set counts.
 * And where it is completed before Spring MVC has it, none is ever called. So it is looked at, as {@link EmitterWatch} does.
 */
final class EmitterAdapter implements Adapter {

    private final EmitterSlots slots = new EmitterSlots();
    private final DeferredSlots callbacks = new DeferredSlots();

    EmitterAdapter() throws ReflectiveOperationException {}

    @Override
    public Object follow(Object value, Outlet outlet) {
        ResponseBodyEmitter emitter = (ResponseBodyEmitter) value;
        outlet.onAbortFor(emitter, (there, reason) -> abort(there, reason, outlet));
        outlet.endIfForgotten(emitter);
        EmitterWatch watch = new EmitterWatch(slots, callbacks, outlet);
        if (!watch.settled(emitter)) {
            outlet.lookAt(emitter, watch::settled);
        }
        return emitter;
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
