package dev.chatstream.agent.dist;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/** Durations as users write them: a number and its unit, or ISO 8601; zero needs no unit. */
final class Durations {

    static final String SUCH_AS = "200ms, 5s, 2m, 1h, 7d or PT5S";

    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private Durations() {}

    /** The duration, never negative; empty where the text is none. */
    static Optional<Duration> parse(String text) {
        try {
            if (text.startsWith("P")) {
                Duration iso = Duration.parse(text);
                return iso.isNegative() ? Optional.empty() : Optional.of(iso);
            }
            return parseNumberAndUnit(text);
        } catch (DateTimeException | ArithmeticException | NumberFormatException noDuration) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> parseNumberAndUnit(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(0, digits));
        String unit = text.substring(digits);
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(unit)) {
                return Optional.of(Duration.ofMillis(Math.multiplyExact(number, MILLIS[i])));
            }
        }
        return number == 0 && unit.isEmpty() ? Optional.of(Duration.ZERO) : Optional.empty();
    }

    /** For a message. */
    static String allowed(String range) {
        return "a duration such as " + SUCH_AS + ", within " + range;
    }

    /** A duration that stands in the code. */
    static Duration of(String text) {
        return parse(text).orElseThrow();
    }

    /** In the largest unit that needs no fraction, down to milliseconds. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0";
        }
        int unit = 0;
        while (millis % MILLIS[unit] != 0) {
            unit++;
        }
        return millis / MILLIS[unit] + UNITS[unit];
    }
}
