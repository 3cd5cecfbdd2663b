package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import org.jspecify.annotations.Nullable;

/**
 * Whether OpenTelemetry is in this JVM: a class of it has passed, or was there before the agent. Until then nothing of it is
 * looked for, and a call pays for one look at a field.
 */
final class Telemetry {

    private final OwnErrors errors;
    private volatile boolean isHere;
    private volatile @Nullable Spans spans;

    Telemetry(OwnErrors errors) {
        this.errors = errors;
    }

    /**
     * A class passes, or was there before. Works inside class loading.
     *
     * @param type its name, with points or slashes
     */
    void saw(String type) {
        if (!isHere && type.startsWith("io") && type.startsWith("opentelemetry", 3)) {
            isHere = true;
        }
    }

    /** What is to hear of a call of this class, which begins on the calling thread; null: nothing. */
    Call.@Nullable Listener listener(Class<?> owner) {
        return isHere ? ofSpan(owner) : null;
    }

    private Call.@Nullable Listener ofSpan(Class<?> owner) {
        try {
            Spans known = spans;
            if (known == null) { // race: two may make it, and what either finds the other would find too
                known = new Spans();
                spans = known;
            }
            return known.current(owner);
        } catch (Throwable error) {
            errors.tell("trace", "spans do not show what becomes of guarded calls", error);
            return null;
        }
    }
}
