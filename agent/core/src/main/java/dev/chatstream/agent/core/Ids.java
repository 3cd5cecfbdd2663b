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

    /** For log lines and messages: control characters escaped, cut after 120 characters. */
    static String shown(String id) {
        StringBuilder text = new StringBuilder(Math.min(id.length(), 130) + 2);
        for (int i = 0; i < id.length() && i < 120; i++) {
            char c = id.charAt(i);
            boolean plain = c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0) && c != '\u2028' && c != '\u2029';
            if (plain && c != '\\' && Character.getType(c) != Character.FORMAT) {
                text.append(c);
            } else {
                text.append(String.format("\\u%04x", (int) c));
            }
        }
        if (id.length() > 120) {
            text.append("… (").append(id.length()).append(" characters)");
        }
        return text.toString();
    }
}
