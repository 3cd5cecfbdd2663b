package dev.chatstream.agent.instrument;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parsed expression: what a call's arguments are asked for. Parameters are numbers by now, and positions are kept for
 * messages only.
 */
sealed interface Expression {

    /**
     * What it gives for these arguments.
     *
     * @throws Failure where it gives nothing, for a reason that people can read
     * @throws Throwable whatever a getter throws
     */
    @Nullable
    Object value(Object[] arguments, Properties properties) throws Throwable;

    /** {@code 'text'}. */
    record Literal(String text) implements Expression {
        @Override
        public Object value(Object[] arguments, Properties properties) {
            return text;
        }
    }

    /** {@code #name} or {@code #p0}. */
    record Parameter(int number) implements Expression {
        @Override
        public @Nullable Object value(Object[] arguments, Properties properties) {
            return arguments[number];
        }
    }

    /** {@code .name}, or {@code ?.name} where {@code safe}. */
    record Property(Expression of, String name, boolean safe, int position) implements Expression {
        @Override
        public @Nullable Object value(Object[] arguments, Properties properties) throws Throwable {
            Object object = of.value(arguments, properties);
            if (object == null) {
                return nothing(safe, "." + name, position);
            }
            return object instanceof Map<?, ?> map ? map.get(name) : properties.value(object, name);
        }
    }

    /** {@code ['key']}, or {@code ?.['key']} where {@code safe}. */
    record Key(Expression of, String key, boolean safe, int position) implements Expression {
        @Override
        public @Nullable Object value(Object[] arguments, Properties properties) throws Throwable {
            Object object = of.value(arguments, properties);
            if (object == null) {
                return nothing(safe, "['" + key + "']", position);
            }
            if (object instanceof Map<?, ?> map) {
                return map.get(key);
            }
            throw new Failure("['" + key + "'] needs a Map and finds a "
                    + object.getClass().getName());
        }
    }

    /** Terms with {@code +} between them. A null makes all of it null: half an id would be somebody else's. */
    record Sum(List<Expression> terms) implements Expression {
        @Override
        public @Nullable Object value(Object[] arguments, Properties properties) throws Throwable {
            StringBuilder text = new StringBuilder();
            for (Expression term : terms) {
                Object value = term.value(arguments, properties);
                if (value == null) {
                    return null;
                }
                text.append(value);
            }
            return text.toString();
        }
    }

    private static @Nullable Object nothing(boolean safe, String asked, int position) throws Failure {
        if (safe) {
            return null;
        }
        throw new Failure("what stands before " + asked + " (character " + position + ") is null; write ?"
                + (asked.startsWith("[") ? "." : "") + asked + " where that is in order");
    }

    /** Why there is no value. Carries no stack: it is the application's doing, and said once. */
    final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message, null, false, false);
        }
    }
}
