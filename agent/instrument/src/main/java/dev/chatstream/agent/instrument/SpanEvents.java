package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows on one span what becomes of a call, as events. The span is the one that was current where the call began; after its end
 * it takes none. Chat ids stay out of it: a trace goes further than a log, and the stream id leads from one to the other.
 */
final class SpanEvents implements Call.Listener {

    private static final double NANOS_OF_A_SECOND = 1e9;

    private final SpanHandles api;
    private final Object span;

    SpanEvents(SpanHandles api, Object span) {
        this.api = api;
        this.span = span;
    }

    @Override
    public void hear(String streamId, Call.Event event) {
        try {
            Object attributes = api.attributes();
            api.put(attributes, "chatstream.stream.id", streamId);
            switch (event) {
                case Call.Event.LetIn in ->
                    waited(attributes, in.waited(), in.enforced() ? "granted" : "would_be_busy");
                case Call.Event.Refused out -> waited(attributes, out.waited(), outcome(out.refusal()));
                case Call.Event.Aborted aborted -> {
                    api.put(attributes, "chatstream.abort.reason", name(aborted.reason()));
                    api.addEvent(span, "chatstream.abort", attributes);
                }
            }
        } catch (RuntimeException | Error itsOwn) {
            throw itsOwn;
        } catch (Throwable checked) {
            throw new IllegalStateException(checked); // no method of the API declares one
        }
    }

    private void waited(Object attributes, Duration time, String outcome) throws Throwable {
        api.put(attributes, "chatstream.wait.duration", time.toNanos() / NANOS_OF_A_SECOND);
        api.put(attributes, "chatstream.wait.outcome", outcome);
        api.addEvent(span, "chatstream.wait", attributes);
    }

    private static String outcome(Entry.Refusal refusal) {
        return switch (refusal) {
            case Entry.Busy busy -> "busy";
            case Entry.Unavailable unavailable -> "unavailable";
            case Entry.Aborted aborted -> name(aborted.reason());
            case Entry.MissingChatId missing -> "missing_chat_id";
        };
    }

    private static String name(AbortReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
