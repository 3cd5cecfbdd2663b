package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.shapes.Passage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A woven method: what its call is to do. Holds texts and parsed expressions, nothing of the application's. */
sealed interface Site {

    /** A method with a mistake in what is said about it, under {@code strict}: calling it fails. */
    record Broken(String message) implements Site {}

    /**
     * A method of a proxy of Spring's with a mistake in what an interface says about it: no parameter has a name there. Where
     * the proxy delegates to a method that is guarded, nothing is amiss.
     *
     * @param told whether it was said already that it does not
     */
    record OfTarget(String message, boolean strict, AtomicBoolean told) implements Site {}

    /**
     * A method that is guarded for some receivers: those whose class, or a type above it, adopts it.
     *
     * @param body see {@link Adoption#body}
     * @param otherwise what holds for all others; null: nothing
     */
    record ByReceiver(String body, @Nullable Site otherwise, boolean followsArguments) implements Site {}

    /**
     * A guarded method.
     *
     * @param rule what holds for each of its calls
     * @param onStop how the consumer of a returned stream sees a Stop; for the shapes that stream
     * @param followsArguments whether a parameter is declared as callbacks that are followed
     * @param holdsReplaced whether, by its signature, what it returns holds what the caller is to get another object for
     * @param suspends whether it is a function of Kotlin's that suspends
     * @param inJdkProxy whether it belongs to a JDK proxy, which may only delegate to a method that is guarded itself
     */
    record Guarded(
            Guard guard,
            Call.Rule rule,
            Asked chatId,
            @Nullable Asked streamId,
            @Nullable Asked requestId,
            Passage.OnStop onStop,
            boolean holdsReplaced,
            boolean followsArguments,
            boolean suspends,
            boolean inJdkProxy)
            implements Site {

        /** @param listener null: nobody is told what becomes of the call */
        Call call(Object[] arguments, Properties properties, Journal journal, Call.@Nullable Listener listener) {
            return new Call(
                    rule,
                    chatId.text(rule.method(), arguments, properties, journal),
                    streamId == null ? null : streamId.text(rule.method(), arguments, properties, journal),
                    requestId == null ? null : requestId.text(rule.method(), arguments, properties, journal),
                    listener);
        }
    }

    /** One element that is an expression: what is asked of every call. */
    final class Asked {
        private final String element;
        private final String written;
        private final Expression expression;
        private final AtomicBoolean failed = new AtomicBoolean();

        Asked(String element, String written, Expression expression) {
            this.element = element;
            this.written = written;
            this.expression = expression;
        }

        /** The expression as it is written; of {@code @ChatId} the parameter that carries it. */
        String written() {
            return written;
        }

        /** Null where the expression gives null or throws: then its cause is said, once. */
        @Nullable
        String text(String method, Object[] arguments, Properties properties, Journal journal) {
            try {
                Object value = expression.value(arguments, properties);
                return value == null ? null : String.valueOf(value);
            } catch (Throwable cause) {
                if (failed.compareAndSet(false, true)) {
                    journal.tell(
                            Journal.Level.WARN,
                            "expression",
                            method + ": " + element + " \"" + written + "\" counts as null at a call: " + reason(cause)
                                    + ". Said once.",
                            null);
                }
                return null;
            }
        }

        private static String reason(Throwable cause) {
            String reason = cause instanceof Expression.Failure ? cause.getMessage() : cause.toString();
            return reason == null ? "no reason given" : onOneLine(reason);
        }

        /** What the application says may hold anything. */
        private static String onOneLine(String reason) {
            StringBuilder line = new StringBuilder(reason.length());
            for (int i = 0; i < reason.length(); i++) {
                char c = reason.charAt(i);
                line.append(c == '\n' ? "\\n" : Character.isISOControl(c) ? "?" : String.valueOf(c));
            }
            return line.toString();
        }
    }
}
