package dev.chatstream.agent.instrument;

/** A text of rules and how far it was read. */
final class RuleText {

    /** What is wrong, and at which character of the text; the first is 0. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final int index;

        Wrong(int index, String what) {
            super(what, null, false, false);
            this.index = index;
        }

        int index() {
            return index;
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }

    private final String text;
    private int at;

    RuleText(String text, int from) {
        this.text = text;
        this.at = from;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    boolean isAt(String beginning) {
        return text.startsWith(beginning, at);
    }

    /** Whether the character was there; it is passed then. */
    boolean passes(char c) {
        boolean there = isAt(c);
        at += there ? 1 : 0;
        return there;
    }

    void skip(int characters) {
        at += characters;
    }

    void skipSpaces() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    static boolean isSpace(char c) {
        return c == '\u00A0' || Character.isWhitespace(c);
    }

    /** A name of Java's or of another language of the JVM's, which may have a {@code -} in it; empty: there is none. */
    String name() {
        int start = at;
        if (at < text.length() && Character.isJavaIdentifierStart(text.charAt(at))) {
            while (at < text.length() && isNamePart(text.charAt(at))) {
                at++;
            }
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c) {
        return c == '-' || (Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }

    /** Names with dots between them; empty: there is none. */
    String qualifiedName() throws Wrong {
        int start = at;
        while (!name().isEmpty() && isAt('.') && !isAt("...")) {
            at++;
            if (isAtEnd() || !Character.isJavaIdentifierStart(text.charAt(at))) {
                throw wrong("a name is missing after the dot");
            }
        }
        return text.substring(start, at);
    }

    /** What stands here up to a comma, a bar or the closing parenthesis, outside quotes and inner parentheses. */
    String argument() {
        int start = at;
        int depth = 0;
        boolean quoted = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                quoted = !quoted; // a quote in a literal is written twice, and turns this twice
            } else if (!quoted && depth == 0 && (c == ',' || c == ')' || c == '|')) {
                break;
            } else if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
            at++;
        }
        return text.substring(start, at);
    }

    String from(int start) {
        return text.substring(start, at);
    }

    Wrong wrong(String what) {
        return new Wrong(at, what);
    }

    /** What follows, where nothing that may follow does. */
    Wrong unexpected(String expected) {
        return new Wrong(at, found() + " stands where " + expected + " may");
    }

    String found() {
        return isAtEnd() ? "the end" : "'" + text.charAt(at) + "'";
    }
}
