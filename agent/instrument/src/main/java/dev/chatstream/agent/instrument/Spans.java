package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The copies of OpenTelemetry's API whose spans a woven class may run in: the application's, and the one that
 * OpenTelemetry's agent brings for itself, where every loader sees it. Kept with the woven class, so that they go when that goes.
 */
final class Spans extends ClassValue<List<SpanHandles>> {

    private static final String API = "io.opentelemetry.api.";
    private static final String OF_AGENT = "io.opentelemetry.javaagent.shaded.io.opentelemetry.api.";

    /** Tells the span that is current on the calling thread, where that records; null: none does. */
    Call.@Nullable Listener current(Class<?> owner) throws Throwable {
        List<SpanHandles> copies = get(owner);
        for (int i = 0; i < copies.size(); i++) {
            Object span = copies.get(i).current();
            if (copies.get(i).isRecording(span)) {
                return new SpanEvents(copies.get(i), span);
            }
        }
        return null;
    }

    @Override
    protected List<SpanHandles> computeValue(Class<?> owner) {
        List<SpanHandles> copies = new ArrayList<>(2);
        add(copies, API, owner.getClassLoader());
        add(copies, OF_AGENT, null);
        return List.copyOf(copies);
    }

    private static void add(List<SpanHandles> copies, String prefix, @Nullable ClassLoader loader) {
        try {
            SpanHandles copy = new SpanHandles(prefix, loader);
            boolean unused =
                    copy.isRecording(copy.current()); // one that is incomplete fails here, and not at each call
            copies.add(copy);
        } catch (Throwable unseen) {
            // not there, not whole, or older than its first release
        }
    }
}
