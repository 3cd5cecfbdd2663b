package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.Journal.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * At most ten lines of one kind a second; how many were left out is said when the second is over.
 *
 * <p>Bounds: so many kinds are told apart, all further ones count as one; at most one wake-up is under way for a kind.
 */
final class LineQuota {

    static final int LINES = 10;
    static final Duration WINDOW = Duration.ofSeconds(1);
    private static final int MOST_KINDS = 256;
    private static final String OTHER = "other";

    /** Time, and being woken later. */
    interface Ticker {
        long nanoTime();

        /** The wall clock, for people. */
        long currentTimeMillis();

        void later(Duration delay, Runnable task);
    }

    /** Where it is said that lines were left out. */
    interface LeftOut {
        void leftOut(Level level, String kind, long lines);
    }

    private static final class Window {
        private final String kind;
        private final long since;
        private Level gravest;
        private long lines;

        Window(String kind, long since, Level level) {
            this.kind = kind;
            this.since = since;
            this.gravest = level;
        }
    }

    private final Ticker ticker;
    private final Map<String, Window> windows = new HashMap<>();

    LineQuota(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Whether a line of this kind may be written now; one that may not is counted. */
    boolean admits(Level level, String kind, LeftOut leftOut) {
        long now = ticker.nanoTime();
        Window over = windowThatIsOver(kind, now);
        if (over != null) {
            end(over, leftOut);
        }
        Window full;
        synchronized (windows) {
            String counted = windows.size() < MOST_KINDS || windows.containsKey(kind) ? kind : OTHER;
            Window window = windows.get(counted);
            if (window == null) {
                window = new Window(counted, now, level);
                windows.put(counted, window);
            }
            window.lines++;
            if (window.lines <= LINES) {
                return true;
            }
            window.gravest = level.compareTo(window.gravest) < 0 ? level : window.gravest;
            full = window.lines == LINES + 1 ? window : null;
        }
        if (full != null) {
            ticker.later(WINDOW.minusNanos(now - full.since), () -> end(full, leftOut));
        }
        return false;
    }

    /** Says at once what was left out so far. */
    void flush(LeftOut leftOut) {
        List<Window> all;
        synchronized (windows) {
            all = List.copyOf(windows.values());
        }
        for (Window window : all) {
            end(window, leftOut);
        }
    }

    private @Nullable Window windowThatIsOver(String kind, long now) {
        synchronized (windows) {
            Window window = windows.get(windows.containsKey(kind) ? kind : OTHER);
            return window != null && now - window.since >= WINDOW.toNanos() ? window : null;
        }
    }

    /** The next line, the wake-up and the end of the JVM race to end a window: who takes it out tells. */
    private void end(Window window, LeftOut leftOut) {
        synchronized (windows) {
            if (!windows.remove(window.kind, window)) {
                return;
            }
        }
        if (window.lines > LINES) {
            leftOut.leftOut(window.gravest, window.kind, window.lines - LINES);
        }
    }
}
