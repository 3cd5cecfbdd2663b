package dev.chatstream.agent.shapes;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where LangChain4j's own {@code TokenStream} keeps its consumers: some may be there already when a guarded method returns
 * it, and each may be given once. So they are exchanged where they are kept, when it is started, and what is not given is
 * added without being counted.
 */
final class TokenStreamSlots {

    private static final String COMPLETE = "completeResponseHandler";
    private static final String ERROR = "errorHandler";

    /** Kinds of events that may come with a handle, to whichever of two consumers there is. */
    private static final String[] WITH_HANDLE = {"partialResponse", "partialThinking", "partialToolCall"};

    /** Between two calls of the model, where it is not asked again after an abort. */
    private static final Set<String> BETWEEN_CALLS =
            Set.of("intermediateResponseHandler", "beforeToolExecutionHandler");

    /** After a mark, as in {@link Library}. */
    private static final String LOGGERS = "~org.slf4j.LoggerFactory";

    private static final String LOGGER = "~org.slf4j.Logger";

    private final Openings openings;

    private final ClassValue<Map<String, Field>> fields = new ClassValue<>() {
        @Override
        protected Map<String, Field> computeValue(Class<?> type) {
            Map<String, Field> found = new HashMap<>();
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == Consumer.class || field.getType() == BiConsumer.class) {
                    found.put(field.getName(), openings.opened(field));
                }
            }
            return found.containsKey(COMPLETE) && found.containsKey(ERROR) ? found : Map.of();
        }
    };

    TokenStreamSlots(Openings openings) {
        this.openings = openings;
    }

    /** Whether this is the library's own; others are known by their interface. */
    boolean areOf(Object source) {
        return !fields.get(source.getClass()).isEmpty();
    }

    /** Puts what hears between the source and its consumers; where that has been done nothing changes. */
    void exchange(Object source, TokenStreamCalls calls) throws IllegalAccessException {
        Map<String, Field> slots = fields.get(source.getClass());
        for (String kind : WITH_HANDLE) {
            exchangeWithHandle(source, slots.get(kind + "Handler"), slots.get(kind + "WithContextHandler"), calls);
        }
        for (Map.Entry<String, Field> slot : slots.entrySet()) {
            Object there = slot.getValue().get(source);
            if (!(there instanceof TokenStreamCalls.Heard)) {
                slot.getValue()
                        .set(
                                source,
                                there == null
                                        ? added(slot.getKey(), source, calls)
                                        : heard(slot.getKey(), there, calls));
            }
        }
    }

    private static TokenStreamCalls.Heard heard(String slot, Object consumer, TokenStreamCalls calls) {
        return switch (slot) {
            case COMPLETE -> calls.complete(consumer);
            case ERROR -> calls.error(consumer);
            default -> calls.event(consumer);
        };
    }

    /** Where there is no consumer; null: none is needed. */
    private static TokenStreamCalls.@Nullable Heard added(String slot, Object source, TokenStreamCalls calls) {
        return switch (slot) {
            case COMPLETE -> calls.complete(null);
            case ERROR -> calls.ignoredErrors(failure -> sayIgnored(source, failure));
            default -> BETWEEN_CALLS.contains(slot) ? calls.event(null) : null;
        };
    }

    private static void exchangeWithHandle(
            Object source, @Nullable Field plain, @Nullable Field withContext, TokenStreamCalls calls)
            throws IllegalAccessException {
        if (plain == null || withContext == null) {
            return; // before 1.8 there are no handles
        }
        Object consumer = plain.get(source);
        if (consumer != null) {
            plain.set(source, null);
            boolean ofText = plain.getName().equals("partialResponseHandler");
            withContext.set(source, ofText ? calls.textEvent(consumer) : calls.event(consumer));
        } else if (withContext.get(source) == null) {
            withContext.set(source, calls.event(null));
        }
    }

    /** In the library's own log, as it says it itself where there is no consumer of errors. */
    private static void sayIgnored(Object source, Throwable failure) {
        try {
            ClassLoader loader = source.getClass().getClassLoader();
            Object logger = Class.forName(LOGGERS.substring(1), true, loader)
                    .getMethod("getLogger", String.class)
                    .invoke(null, "dev.langchain4j.service.AiServiceStreamingResponseHandler");
            Class.forName(LOGGER.substring(1), true, loader)
                    .getMethod("warn", String.class, Throwable.class)
                    .invoke(logger, "Ignored error", failure);
        } catch (ReflectiveOperationException | LinkageError noLog) {
            // then there is none that would have said it
        }
    }
}
