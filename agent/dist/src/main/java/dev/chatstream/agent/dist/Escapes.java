package dev.chatstream.agent.dist;

/**
 * The last safety net under messages: whoever writes one escapes its ids, and what still could end a line, colour a
 * terminal or turn its text around is escaped here.
 */
final class Escapes {

    private static final String HEX = "0123456789abcdef";

    private Escapes() {}

    static void append(StringBuilder line, String message) {
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (isPlain(c)) {
                line.append(c);
            } else {
                line.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    line.append(HEX.charAt(c >> shift & 0xf));
                }
            }
        }
    }

    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
