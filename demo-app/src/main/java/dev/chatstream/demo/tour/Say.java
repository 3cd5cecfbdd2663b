package dev.chatstream.demo.tour;

import java.time.Duration;
import java.util.Locale;

/** Durations as one says them. */
final class Say {
    private Say() {}

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }

    static String hours(Duration duration) {
        return duration.toHours() + " h " + duration.toMinutesPart() + " min " + duration.toSecondsPart() + " s";
    }
}
