package dev.chatstream.agent.instrument;

import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Times as an annotation writes them. */
final class Times {

    static final String ALLOWED = "a number with ms, s, m or h, or ISO as PT5S, from 0 to 10 minutes";

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Times() {}

    /** Null where the text is none of what is {@link #ALLOWED}. */
    static @Nullable Duration parse(String text) {
        try {
            Duration time = text.startsWith("P") || text.startsWith("p") ? Duration.parse(text) : plain(text);
            return time.isNegative() || time.compareTo(LONGEST) > 0 ? null : time;
        } catch (DateTimeException | ArithmeticException | NumberFormatException wrong) {
            return null;
        }
    }

    private static Duration plain(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        long amount = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> throw new NumberFormatException(text);
        };
    }
}
