package dev.chatstream.agent.dist;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The time in front of a line, in UTC, without the JDK's formatters: those take long to load. */
final class LineClock {

    /** How every line of the agent begins. */
    static final String PREFIX = "[chatstream] ";

    private LineClock() {}

    static void append(StringBuilder line, long now) {
        int ofSecond = (int) Math.floorMod(now, 1000L);
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(now, 1000L), 0, ZoneOffset.UTC);
        line.append(time.getYear()).append('-');
        padded(line, time.getMonthValue(), 2).append('-');
        padded(line, time.getDayOfMonth(), 2).append('T');
        padded(line, time.getHour(), 2).append(':');
        padded(line, time.getMinute(), 2).append(':');
        padded(line, time.getSecond(), 2).append('.');
        padded(line, ofSecond, 3).append('Z');
    }

    private static StringBuilder padded(StringBuilder line, int number, int digits) {
        String text = Integer.toString(number);
        for (int i = text.length(); i < digits; i++) {
            line.append('0');
        }
        return line.append(text);
    }
}
