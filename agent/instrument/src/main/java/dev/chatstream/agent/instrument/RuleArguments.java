package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.instrument.RuleText.Wrong;
import dev.chatstream.agent.shapes.Passage;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what stands in the parentheses of a rule, which is what the annotation's elements would say.
 *
 * <pre>
 * arguments  '(' [ argument ( ',' argument )* ] ')'
 * argument   expression           only as the first: the chat id
 *          | element '=' value    expressions as in the annotation, all else without quotes
 * </pre>
 */
final class RuleArguments {

    private static final String ELEMENTS =
            "chatId, streamId, requestId, onBusy, acquireTimeout, onLost, onStop and interruptible";

    private final RuleText text;
    private final Elements elements = new Elements();
    private final Set<String> said = new HashSet<>();

    private RuleArguments(RuleText text) {
        this.text = text;
    }

    /** What is said; nothing where there are no parentheses. */
    static Elements read(RuleText text) throws Wrong {
        RuleArguments arguments = new RuleArguments(text);
        if (text.passes('(')) {
            arguments.all();
        }
        return arguments.elements;
    }

    private void all() throws Wrong {
        text.skipSpaces();
        if (text.passes(')')) {
            return;
        }
        boolean more = true;
        for (boolean first = true; more; first = false) {
            text.skipSpaces();
            argument(first);
            more = text.passes(',');
        }
        if (!text.passes(')')) {
            throw text.wrong(") is missing behind the arguments");
        }
    }

    private void argument(boolean first) throws Wrong {
        if (text.isAt(')') || text.isAt(',') || text.isAt('|') || text.isAtEnd()) {
            throw text.wrong("an argument is missing");
        }
        int start = text.at();
        String name = text.name();
        text.skipSpaces();
        if (!name.isEmpty() && text.passes('=')) {
            named(name, start);
        } else if (!name.isEmpty()) {
            throw new Wrong(
                    start,
                    "\"" + name + "\" is neither an expression, such as #" + name + " or '" + name
                            + "', nor element=value");
        } else if (first) {
            said.add("chatId");
            expression("chatId");
        } else {
            throw text.wrong("only the first argument, the chat id, stands without a name; write element=value with "
                    + ELEMENTS);
        }
    }

    private void named(String name, int start) throws Wrong {
        if (!said.add(name)) {
            throw new Wrong(start, name + " is said twice");
        }
        text.skipSpaces();
        switch (name) {
            case "chatId", "streamId", "requestId" -> expression(name);
            case "onBusy" -> choice(name, OnBusy.values());
            case "onLost" -> choice(name, OnLost.values());
            case "onStop" -> choice(name, Passage.OnStop.values());
            case "acquireTimeout" -> time(name);
            case "interruptible" -> flag(name);
            default -> throw new Wrong(start, "\"" + name + "\" is no element; there are " + ELEMENTS);
        }
    }

    /** Only its parameters are judged later, when the method is known. */
    private void expression(String element) throws Wrong {
        int start = text.at();
        String written = value(element);
        try {
            ExpressionParser.parse(written, Parameters.any());
        } catch (Mistake mistake) {
            throw new Wrong(start + mistake.index(), element + ": " + mistake.what());
        }
        elements.text(element, written);
    }

    private void choice(String element, Enum<?>[] known) throws Wrong {
        int start = text.at();
        String written = value(element).toUpperCase(Locale.ROOT);
        boolean fits = written.equals(Elements.DEFAULT);
        StringBuilder allowed = new StringBuilder(Elements.DEFAULT);
        for (Enum<?> constant : known) {
            fits |= constant.name().equals(written);
            allowed.append(constant.name().equals(Elements.DEFAULT) ? "" : ", " + constant.name());
        }
        if (!fits) {
            throw new Wrong(start, element + " is one of " + allowed);
        }
        elements.choice(element, written);
    }

    private void time(String element) throws Wrong {
        int start = text.at();
        String written = value(element);
        if (Times.parse(written) == null) {
            throw new Wrong(start, element + " is " + Times.ALLOWED);
        }
        elements.text(element, written);
    }

    private void flag(String element) throws Wrong {
        int start = text.at();
        String written = value(element);
        if (!written.equals("true") && !written.equals("false")) {
            throw new Wrong(start, element + " is true or false");
        }
        elements.interruptible(written.equals("true"));
    }

    private String value(String element) throws Wrong {
        int start = text.at();
        String written = text.argument().strip();
        if (written.isEmpty()) {
            throw new Wrong(start, element + " has no value");
        }
        if (written.startsWith("\"")) {
            throw new Wrong(start, "double quotes are not needed here, and texts stand in single ones");
        }
        return written;
    }
}
