package dev.chatstream.agent.shapes;

import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's {@code StreamingHandle}, by which a model is told to send no more. It exists from 1.8 on, comes along with
 * the events, and not every model knows it.
 */
final class Handles {

    private final StandIns standIns;
    private final NamedMethod streamingHandle;
    private final NamedMethod cancel;

    Handles(StandIns standIns, Openings openings) {
        this.standIns = standIns;
        this.streamingHandle = new NamedMethod("streamingHandle", 0, openings);
        this.cancel = new NamedMethod("cancel", 0, openings);
    }

    /** What the arguments of an event tell of its model; null: they bring no handle. */
    @Nullable
    Object in(@Nullable Object[] event) {
        Object last = event.length == 0 ? null : event[event.length - 1];
        return last != null && streamingHandle.isOf(last) ? last : null;
    }

    /**
     * What the consumer gets in place of this, so that it is heard when it cancels: many a model says nothing more then. The
     * same where that cannot be.
     */
    Object heard(Object context, Runnable whenCancelled) {
        try {
            Object handle = streamingHandle.call(context);
            Object standIn = handle == null
                    ? null
                    : standIns.of(handle, call -> {
                        Object answer = call.proceed();
                        if (call.name().equals("cancel")) {
                            whenCancelled.run();
                        }
                        return answer;
                    });
            for (Constructor<?> constructor : context.getClass().getConstructors()) {
                Class<?>[] parameters = constructor.getParameterTypes();
                if (parameters.length == 1 && parameters[0].isInstance(standIn)) {
                    return constructor.newInstance(standIn);
                }
            }
            return context;
        } catch (Throwable other) {
            return context; // of a version that is not known
        }
    }

    /** Whether the model of these was told; may be done again. */
    boolean cancel(@Nullable Object context) {
        try {
            Object handle = context == null ? null : streamingHandle.call(context);
            if (handle == null || !cancel.isOf(handle)) {
                return false;
            }
            Object unused = cancel.call(handle);
            return true;
        } catch (Throwable cannotBe) {
            return false; // a model that knows no cancel says so by an exception
        }
    }
}
