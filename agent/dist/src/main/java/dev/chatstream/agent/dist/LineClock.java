package dev.chatstream.agent.dist;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** The time in front of a line, in UTC, without the JDK's formatters: those take long to load. */
record LineClock(LongSupplier millis) {

    static final String PREFIX = "[chatstream] ";

    static LineClock system() {
        return new LineClock(System::currentTimeMillis);
    }

    void appendNow(StringBuilder line) {
        long now = millis.getAsLong();
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
