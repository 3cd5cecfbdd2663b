package dev.chatstream.it.harness;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a call of the application sees of its stream. */
public record Told(String streamId, boolean holdsLock, long fence, String chatId, String aborted) {

    private static final Pattern TEXT =
            Pattern.compile("(\\S*) holds (\\S+) fence (\\d+) chat \\[(.*)] aborted (\\S+)");

    public static Told of(String text) {
        if (text.equals("unguarded")) {
            return new Told("", false, 0, "", "no");
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new AssertionError("not understood: " + text);
        }
        return new Told(
                matcher.group(1),
                Boolean.parseBoolean(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                matcher.group(4),
                matcher.group(5));
    }

    public boolean isGuarded() {
        return !streamId.isEmpty();
    }
}
