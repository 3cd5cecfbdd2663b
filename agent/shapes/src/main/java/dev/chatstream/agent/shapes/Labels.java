package dev.chatstream.agent.shapes;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Tells calls of a function from its being resumed, which enters it again, with null for its arguments. It is given a
 * continuation of its own then, the sign of whose label is set: Kotlin sets it just before, and clears it first thing inside.
 * A function that calls itself hands on the same class with the sign cleared.
 */
final class Labels {

    /** What a continuation is to the function that is given it. */
    enum Kind {
        CALLER,
        RESUMED,
        /** Made by a compiler, and then changed by some other tool. */
        UNKNOWN
    }

    /** How one class of continuations tells. */
    private record Telling(Kind otherwise, @Nullable VarHandle label) {}

    private static final String BASE = new Library("~kotlin.coroutines.jvm.internal.BaseContinuationImpl").name();
    private static final String LAMBDA = new Library("~kotlin.coroutines.jvm.internal.SuspendFunction").name();

    private final Openings openings;

    private final ClassValue<Telling> byType = new ClassValue<>() {
        @Override
        protected Telling computeValue(Class<?> type) {
            if (Library.find(type, BASE) == null
                    || Library.find(type, LAMBDA) != null
                    || Adapter.StandIn.class.isAssignableFrom(type)) {
                return new Telling(Kind.CALLER, null);
            }
            VarHandle label = label(type);
            boolean isKotlins =
                    type.getName().startsWith("kotlin.") || type.getName().startsWith("kotlinx.");
            return new Telling(label != null || isKotlins ? Kind.CALLER : Kind.UNKNOWN, label);
        }
    };

    Labels(Openings openings) {
        this.openings = openings;
    }

    private @Nullable VarHandle label(Class<?> type) {
        try {
            Field field = type.getDeclaredField("label");
            return field.getType() == int.class ? openings.lookupIn(type).unreflectVarHandle(field) : null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError none) {
            return null;
        }
    }

    Kind of(Object continuation) {
        Telling telling = byType.get(continuation.getClass());
        VarHandle label = telling.label();
        return label != null && (int) label.get(continuation) < 0 ? Kind.RESUMED : telling.otherwise();
    }
}
