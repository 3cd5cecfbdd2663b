package dev.chatstream.agent.dist;

import java.util.List;
import java.util.Locale;

/**
 * One of the places where settings come from, with all that it says.
 *
 * @param file the path, where it is one; {@link #OPTION} where the argument is that of a command line
 */
record Source(Kind kind, String file, List<Given> given) {

    static final String PROPERTY_PREFIX = "chatstream.";
    static final String VARIABLE_PREFIX = "CHATSTREAM_";

    static final String OPTION = "option --";

    /** A key as the table spells it, and a text that is not empty. */
    record Given(String key, String text) {}

    enum Kind {
        ARGUMENT("agent argument"),
        PROPERTY("system property"),
        VARIABLE("environment variable"),
        FILE("file");

        private final String said;

        Kind(String said) {
            this.said = said;
        }

        /** A key of the table as this kind of source spells it. */
        String spell(String key) {
            return switch (this) {
                case ARGUMENT, FILE -> key;
                case PROPERTY -> PROPERTY_PREFIX + key;
                case VARIABLE -> VARIABLE_PREFIX + upper(key);
            };
        }
    }

    /** Where the value of a key stands: {@code environment variable CHATSTREAM_LOCK_TTL}. */
    String where(String key) {
        return switch (kind) {
            case ARGUMENT -> file.equals(OPTION) ? OPTION + key : kind.said;
            case FILE -> kind.said + " " + file;
            case PROPERTY, VARIABLE -> kind.said + " " + kind.spell(key);
        };
    }

    /** The place alone, for keys that are spelled beside it. */
    String name() {
        return kind == Kind.FILE ? kind.said + " " + file : kind.said;
    }

    static String upper(String key) {
        return key.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
