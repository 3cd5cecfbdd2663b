package dev.chatstream.agent.adapters.springmvc;

import dev.chatstream.agent.shapes.Outlet;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/**
 * Looks at one emitter until there is somebody who will tell of its end: its handler, through which all that is sent goes, and
 * behind that a {@link DeferredResult} of Spring's own, whose callbacks nobody else sets.
 * Holds the emitter for no longer than a second.
 *
 * <p>A container that is just starting the request loses it where a write fails meanwhile: it calls nobody, or not all. So
 * what was told before anybody could hear is looked for, for as long as a container takes to start a request.
 */
final class EmitterWatch {

    private final EmitterSlots slots;
    private final DeferredSlots callbacks;
    private final Outlet outlet;
    private @Nullable Ending ending;
    private boolean isTold;
    private int looks; // since it was returned, and anew since somebody is told

    /** For a second: a request can be over, and its emitter collected, before anybody has looked at it. */
    @SuppressWarnings("UnusedVariable")
    private @Nullable ResponseBodyEmitter held;

    EmitterWatch(EmitterSlots slots, DeferredSlots callbacks, Outlet outlet) {
        this.slots = slots;
        this.callbacks = callbacks;
        this.outlet = outlet;
    }

    /** Whether it is over, or its end will be told. */
    boolean settled(ResponseBodyEmitter emitter) {
        looks++;
        held = looks < Ending.MOST_LOOKS ? emitter : null;
        boolean isComplete = slots.isComplete(emitter); // before the rest is looked at
        Object handler = slots.handler(emitter);
        if (handler != null) {
            return settled(emitter, isComplete, slots.result(handler), handler);
        }
        if (isComplete) {
            outlet.end(); // before Spring MVC has it: then no callback is called at all
        }
        return isComplete;
    }

    private boolean settled(ResponseBodyEmitter emitter, boolean isComplete, DeferredResult<?> result, Object handler) {
        Ending known = listen(emitter, result);
        if (result.hasResult() || (isComplete && looks >= Ending.MOST_LOOKS)) {
            known.decided();
            return true;
        }
        if (isComplete) {
            return false; // race, its completion against the result, which tells who completed it and is set after that
        }
        if (slots.isRefused(handler)) {
            known.refused();
        }
        return known.isOver() || (isTold && looks >= Ending.MOST_LOOKS);
    }

    private Ending listen(ResponseBodyEmitter emitter, DeferredResult<?> result) {
        Ending known = ending;
        if (known == null) {
            WeakReference<ResponseBodyEmitter> held = new WeakReference<>(emitter);
            Ending first = new Ending(outlet, result, failure -> isItsOwn(failure, held.get()));
            slots.watchHandler(emitter, first);
            ending = known = first;
        }
        if (!isTold && callbacks.hasCompletionCallback(result)) { // which is the last that a handler is given
            isTold = true;
            callbacks.observe(result, known);
            looks = 0;
        }
        return known;
    }

    /** Whether the application has completed it with this, before the container could with another. */
    private boolean isItsOwn(Throwable failure, @Nullable ResponseBodyEmitter emitter) {
        return emitter != null && failure.equals(slots.failure(emitter));
    }
}
