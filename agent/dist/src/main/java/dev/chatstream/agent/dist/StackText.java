package dev.chatstream.agent.dist;

import org.jspecify.annotations.Nullable;

/**
 * An exception with its stack and causes as lines of the journal: each with the prefix, escaped, and not without end,
 * neither in frames nor in causes, which may go round in a circle.
 */
final class StackText {

    private static final int MOST_FRAMES = 20;
    private static final int MOST_CAUSES = 5;

    private final StringBuilder text = new StringBuilder();

    private StackText() {}

    static String of(Throwable thrown) {
        StackText stack = new StackText();
        @Nullable Throwable next = thrown;
        for (int i = 0; next != null && i <= MOST_CAUSES; i++) {
            stack.line(i == 0 ? "    " : "    Caused by: ", told(next));
            stack.frames(next.getStackTrace());
            next = next.getCause();
        }
        return stack.text.toString();
    }

    private void frames(StackTraceElement[] frames) {
        for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
            line("        at ", frames[i].toString());
        }
        if (frames.length > MOST_FRAMES) {
            line("        ... ", frames.length - MOST_FRAMES + " more");
        }
    }

    /** An application's exception may throw from its own getMessage: that must not hide that something happened. */
    private static String told(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (RuntimeException unprintable) {
            return thrown.getClass().getName() + " (its message cannot be had)";
        }
    }

    private void line(String before, String content) {
        text.append(LineClock.PREFIX).append(before);
        Escapes.append(text, content);
        text.append(System.lineSeparator());
    }
}
