package dev.chatstream.agent.instrument;

import dev.chatstream.agent.instrument.RuleText.Wrong;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one rule.
 *
 * <pre>
 * rule       class '#' method [ '[' [ type ( ',' type )* ] ']' ] [ arguments ]
 * class      as com.acme.Chat, com.acme.Outer$Inner or com.acme.Outer.Inner
 * type       of a parameter, erased: in full or its last names, with [] or ... behind it for arrays
 * arguments  see {@link RuleArguments}
 * </pre>
 * Spaces may stand between the parts.
 */
final class RuleParser {

    private static final String EXAMPLE = "write it as com.acme.Chat#stream(#p0)";

    private final RuleText text;
    private final int start;

    /** @param from where it begins: no space */
    RuleParser(String text, int from) {
        this.text = new RuleText(text, from);
        this.start = from;
    }

    /** Where the rule ended, or the mistake was. */
    int at() {
        return text.at();
    }

    /** @param place of its first character, for people */
    MethodRule rule(String place) throws Wrong {
        String type = type();
        String method = method(type);
        text.skipSpaces();
        List<String> parameters = parameters();
        text.skipSpaces();
        Elements elements = RuleArguments.read(text);
        String written = text.from(start).strip();
        text.skipSpaces();
        if (!text.isAtEnd() && !text.isAt('|')) {
            throw written.endsWith(")")
                    ? text.wrong(text.found() + " stands where the rule should end")
                    : text.unexpected("[types], (arguments) or the end");
        }
        MethodRule rule = new MethodRule(written, place, type, method, parameters, elements);
        elements.saidBy(rule);
        return rule;
    }

    private String type() throws Wrong {
        String type = text.qualifiedName();
        if (type.isEmpty()) {
            throw text.isAt('*')
                    ? text.wrong("there are no wildcards: name the class, or an interface that all of them implement")
                    : text.unexpected("the name of a class");
        }
        if (type.startsWith("java.")) {
            throw new Wrong(start, "classes of the JDK cannot be guarded; name the method that calls it");
        }
        text.skipSpaces();
        if (!text.isAt('#')) {
            throw noMethod(type);
        }
        text.skip(1);
        text.skipSpaces();
        return type;
    }

    private Wrong noMethod(String type) {
        int dot = type.lastIndexOf('.');
        boolean byDot = (text.isAt('(') || text.isAt('[')) && dot > 0;
        if (byDot) {
            return text.wrong(
                    "between class and method stands a #: " + type.substring(0, dot) + "#" + type.substring(dot + 1));
        }
        if (text.isAt('/')) {
            return text.wrong("the parts of a name stand apart by dots");
        }
        if (text.isAt(':')) {
            return text.wrong("between class and method stands a #");
        }
        return text.wrong("# and the name of a method are missing behind the class; " + EXAMPLE);
    }

    private String method(String type) throws Wrong {
        if (text.isAt('<')) {
            throw text.wrong("constructors cannot be guarded; name the method that streams");
        }
        if (text.isAt('*')) {
            throw text.wrong("there are no wildcards: name each method");
        }
        String method = text.name();
        if (method.isEmpty()) {
            throw text.wrong("the name of a method is missing behind " + type + "#; " + EXAMPLE);
        }
        return method;
    }

    /** Null: any. */
    private @Nullable List<String> parameters() throws Wrong {
        if (!text.passes('[')) {
            return null;
        }
        List<String> types = new ArrayList<>();
        text.skipSpaces();
        if (text.passes(']')) {
            return types;
        }
        boolean more = true;
        while (more) {
            text.skipSpaces();
            types.add(parameter());
            text.skipSpaces();
            more = text.passes(',');
        }
        if (!text.passes(']')) {
            throw text.wrong("] is missing behind the types of the parameters, as in [java.lang.String,int]");
        }
        return types;
    }

    private String parameter() throws Wrong {
        StringBuilder type = new StringBuilder(text.qualifiedName());
        if (type.isEmpty()) {
            throw text.unexpected("the type of a parameter, as in [java.lang.String,int],");
        }
        text.skipSpaces();
        if (text.isAt('<')) {
            throw text.wrong("types stand here without their own: " + type
                    + " (a type variable is its bound, mostly java.lang.Object)");
        }
        while (text.isAt('[')) {
            text.skip(1);
            text.skipSpaces();
            if (!text.passes(']')) {
                throw text.wrong("] is missing: an array is " + type + "[]");
            }
            type.append("[]");
            text.skipSpaces();
        }
        if (text.isAt("...")) {
            text.skip(3);
            type.append("[]");
        }
        return type.toString();
    }
}
