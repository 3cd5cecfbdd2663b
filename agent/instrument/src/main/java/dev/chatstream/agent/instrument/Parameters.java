package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a guarded method, by whatever name an expression may call them: the names of the method that carries
 * the annotation, those of the method that is guarded by it, and {@code p0}, {@code p1} …
 */
final class Parameters {

    private final int count;
    private final List<List<String>> names;

    /** @param names a list of names for each source that tells any; the first that knows a name counts */
    Parameters(int count, List<List<String>> names) {
        this.count = count;
        this.names = names;
    }

    /** Knows every name: for a text that is judged before its method is known. */
    static Parameters any() {
        List<List<String>> none = new ArrayList<>(0);
        return new Parameters(-1, none);
    }

    int count() {
        return count;
    }

    /** The number of the parameter with this name; -1: there is none. */
    int number(String name) {
        if (count < 0) {
            return 0;
        }
        for (int i = 0; i < names.size(); i++) {
            int number = names.get(i).indexOf(name);
            if (number >= 0) {
                return number;
            }
        }
        int number = numbered(name);
        return number < count ? number : -1;
    }

    /** Whether the name asks by number: {@code p0}. */
    static boolean isNumbered(String name) {
        return numbered(name) >= 0;
    }

    /** What to write instead of a name that is not there. */
    String advice() {
        if (count == 0) {
            return "the method has no parameters";
        }
        String numbers = count == 1 ? "#p0" : "#p0 to #p" + (count - 1);
        if (names.isEmpty()) {
            return "the class file does not tell parameter names: write " + numbers
                    + ", or compile with -parameters (or -g, but not for an interface)";
        }
        StringBuilder known = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String name = names.get(0).get(i);
            known.append(i == 0 ? "" : ", ").append(name.isEmpty() ? "#p" + i : "#" + name);
        }
        return "there are " + known + ", or by number " + numbers;
    }

    private static int numbered(String name) {
        if (name.length() < 2 || name.length() > 4 || name.charAt(0) != 'p') {
            return -1;
        }
        int number = 0;
        for (int i = 1; i < name.length(); i++) {
            char digit = name.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    /** A source that tells nothing is left out. */
    static void add(List<List<String>> names, @Nullable List<String> further) {
        if (further != null && !names.contains(further)) {
            names.add(further);
        }
    }
}
