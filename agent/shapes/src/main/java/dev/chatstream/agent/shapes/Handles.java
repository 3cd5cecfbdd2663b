package dev.chatstream.agent.shapes;

import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's {@code StreamingHandle}, by which a model is told to send no more. It exists from 1.8 on, comes along with
 * the events, and not every model knows it.
 */
final class Handles {

    private final NamedMethod streamingHandle;
    private final NamedMethod cancel;

    Handles(Openings openings) {
        this.streamingHandle = new NamedMethod("streamingHandle", 0, openings);
        this.cancel = new NamedMethod("cancel", 0, openings);
    }

    /** What the arguments of an event tell of its model; null: they bring no handle. */
    @Nullable
    Object in(@Nullable Object[] event) {
        Object last = event.length == 0 ? null : event[event.length - 1];
        return last != null && streamingHandle.isOf(last) ? last : null;
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
