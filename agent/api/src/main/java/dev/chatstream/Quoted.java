package dev.chatstream;

/** Ids as they stand in messages: they come from outside, and a message ends up in logs. */
final class Quoted {
    private static final int LONGEST = 200;

    private Quoted() {}

    /** In single quotes, cut after 200 characters, with what could forge or garble a log line escaped. */
    static String id(String id) {
        StringBuilder quoted = new StringBuilder().append('\'');
        id.codePoints().limit(LONGEST).forEach(c -> append(quoted, c));
        return quoted.append(id.codePointCount(0, id.length()) > LONGEST ? "…'" : "'")
                .toString();
    }

    private static void append(StringBuilder quoted, int c) {
        if (c == '\'' || c == '\\') {
            quoted.append('\\').append((char) c);
        } else if (isPlain(c)) {
            quoted.appendCodePoint(c);
        } else {
            quoted.append(String.format("\\u{%x}", c));
        }
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
