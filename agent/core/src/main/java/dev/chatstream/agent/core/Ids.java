package dev.chatstream.agent.core;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes nonces and stream ids, and judges chat ids.
 *
 * <p>An id is 96 random bits drawn once for this JVM, and a counter: unique without asking the system's source of
 * randomness for each call, which blocks on some machines and is forbidden on event loops.
 */
final class Ids {

    /** The longest chat id, in bytes of UTF-8. */
    static final int LONGEST_CHAT_ID = 4096;

    private static final int LONGEST_SHOWN = 120;

    private final String ofThisJvm;
    private final AtomicLong next = new AtomicLong();

    Ids() {
        byte[] random = new byte[12];
        new SecureRandom().nextBytes(random);
        this.ofThisJvm = HexFormat.of().formatHex(random);
    }

    /** Never the same twice, anywhere; letters and digits only. */
    String unique() {
        return ofThisJvm + Long.toString(next.getAndIncrement(), 36);
    }

    static boolean isUsable(@Nullable String chatId) {
        if (chatId == null || chatId.isBlank() || chatId.length() > LONGEST_CHAT_ID) {
            return false;
        }
        return chatId.length() * 3 <= LONGEST_CHAT_ID
                || chatId.getBytes(StandardCharsets.UTF_8).length <= LONGEST_CHAT_ID;
    }

    /** For log lines and messages: what could end the line, move the cursor or hide is escaped; cut after 120 characters. */
    static String shown(String id) {
        StringBuilder text = new StringBuilder(Math.min(id.length(), LONGEST_SHOWN) + 32);
        int shown = 0;
        while (shown < id.length() && shown < LONGEST_SHOWN) {
            int c = id.codePointAt(shown);
            if (isPlain(c)) {
                text.appendCodePoint(c);
            } else {
                text.append(c > 0xffff ? String.format("\\U%06x", c) : String.format("\\u%04x", c));
            }
            shown += Character.charCount(c);
        }
        if (shown < id.length()) {
            text.append("… (").append(id.length()).append(" characters)");
        }
        return text.toString();
    }

    private static boolean isPlain(int c) {
        return c != '\\'
                && switch (Character.getType(c)) {
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
