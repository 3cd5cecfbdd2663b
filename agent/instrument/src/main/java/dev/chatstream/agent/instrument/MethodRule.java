package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** A rule that says of methods what the annotation would say, and what is known of it so far. */
final class MethodRule {

    private final String written;
    private final String place;
    private final String type;
    private final String method;
    private final @Nullable List<String> parameters;
    private final Elements elements;
    private final RuleOutcome outcome = new RuleOutcome();

    /**
     * Holds it.
     *
     * @param written as it stands there
     * @param place where it stands, for people
     * @param parameters types; null: all methods of that name
     */
    MethodRule(
            String written,
            String place,
            String type,
            String method,
            @Nullable List<String> parameters,
            Elements elements) {
        this.written = written;
        this.place = place;
        this.type = type;
        this.method = method;
        this.parameters = parameters;
        this.elements = elements;
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    Elements elements() {
        return elements;
    }

    RuleOutcome outcome() {
        return outcome;
    }

    /** Whether it picks an overload: such a rule counts before one that names them all. */
    boolean picksOverload() {
        return parameters != null;
    }

    /** For people: the rule and its place. */
    String readable() {
        return written + " (" + place + ")";
    }

    String place() {
        return place;
    }

    /** What it names, so that two that name the same are known. */
    String target() {
        return type.replace('$', '.') + "#" + method + (parameters == null ? "" : parameters.toString());
    }

    /**
     * The internal names that its class may have, the likeliest first: the last dots may stand before nested classes.
     * Classes begin with a capital, as a rule.
     */
    List<String> internalNames() {
        List<String> names = new ArrayList<>(4);
        String name = type.replace('.', '/');
        names.add(name);
        int nested = 0;
        for (int dot = name.lastIndexOf('/'); dot > 0; dot = name.lastIndexOf('/')) {
            boolean inClass = Character.isUpperCase(name.charAt(name.lastIndexOf('/', dot - 1) + 1));
            nested += inClass && nested == names.size() - 1 ? 1 : 0;
            name = name.substring(0, dot) + '$' + name.substring(dot + 1);
            names.add(name);
        }
        names.add(0, names.remove(nested));
        return names;
    }

    /** Whether it names this method, of a class that it names or inherits from. */
    boolean names(MethodFile candidate) {
        return method.equals(candidate.name()) && (parameters == null || fits(parameters, candidate.descriptor()));
    }

    private static boolean fits(List<String> written, String descriptor) {
        Type[] types = Type.getArgumentTypes(descriptor);
        if (types.length != written.size()) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (!fits(written.get(i).replace('$', '.'), types[i].getClassName().replace('$', '.'))) {
                return false;
            }
        }
        return true;
    }

    /** In full, or its last names. */
    private static boolean fits(String written, String type) {
        int before = type.length() - written.length();
        return type.endsWith(written) && (before == 0 || (before > 0 && type.charAt(before - 1) == '.'));
    }
}
