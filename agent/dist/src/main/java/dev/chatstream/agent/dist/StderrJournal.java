package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.StreamGuard;
import java.io.PrintStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the agent's lines to the stderr that the JVM started with, whatever the application makes of
 * {@code System.err} later. Never to stdout.
 *
 * <p>It writes by itself rather than through the slf4j inside: that costs a tenth of a second to wake up, which premain
 * must not spend, and lines may come from within a class transformation, where no JDK class should be used for the first
 * time. What the bundled libraries log goes through slf4j-simple, see {@code simplelogger.properties}.
 *
 * <p>A thread that must not block does not write: whoever reads stderr may be slow. Its lines wait for a virtual thread, or for
 * the next one that writes; how many they are is bounded by the quota.
 */
final class StderrJournal implements Journal, LineQuota.LeftOut {

    private final PrintStream stderr;
    private final Level least;
    private final LineQuota quota;
    private final LineQuota.Ticker ticker;
    private final BooleanSupplier mustNotBlock;
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();

    /** No lambda: it is made in premain, where the JDK would need 10 ms to make one. */
    private static final class OnEventLoop implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return StreamGuard.isOnEventLoop();
        }
    }

    StderrJournal(PrintStream stderr, Level least, LineQuota.Ticker ticker) {
        this(stderr, least, ticker, new OnEventLoop());
    }

    /** @param mustNotBlock whether the calling thread is one that must not */
    StderrJournal(PrintStream stderr, Level least, LineQuota.Ticker ticker, BooleanSupplier mustNotBlock) {
        this.stderr = stderr;
        this.least = least;
        this.ticker = ticker;
        this.mustNotBlock = mustNotBlock;
        this.quota = new LineQuota(ticker);
        boolean unused = mustNotBlock.getAsBoolean();
        line(Level.DEBUG, "every class that a line needs is loaded now"); // not within a transformation
    }

    @Override
    public boolean tells(Level level) {
        return level.compareTo(least) <= 0;
    }

    @Override
    public void tell(Level level, String kind, String message, @Nullable Throwable cause) {
        if (tells(level) && quota.admits(level, kind, this)) {
            write(line(level, message) + (cause == null ? "" : StackText.of(cause)));
        }
    }

    /** Says, before the JVM ends, what was left out. */
    void close() {
        quota.flush(this);
        writeWaiting();
    }

    @Override
    public void leftOut(Level level, String kind, long lines) {
        write(line(level, lines + (lines == 1 ? " line" : " lines") + " of this kind left out: " + kind));
    }

    private void write(String lines) {
        waiting.add(lines);
        if (mustNotBlock.getAsBoolean()) {
            Thread.ofVirtual()
                    .name("chatstream-lines")
                    .inheritInheritableThreadLocals(false)
                    .start(this::writeWaiting);
        } else {
            writeWaiting();
        }
    }

    /** One print for the whole of it, so that lines of other threads do not come between; in the order in which they came. */
    private void writeWaiting() {
        synchronized (waiting) {
            for (String lines = waiting.poll(); lines != null; lines = waiting.poll()) {
                stderr.print(lines);
                stderr.flush();
            }
        }
    }

    private String line(Level level, String message) {
        StringBuilder line = new StringBuilder(message.length() + 48);
        line.append(LineClock.PREFIX);
        LineClock.append(line, ticker.currentTimeMillis());
        line.append(' ').append(level).append(level.name().length() == 4 ? "  " : " ");
        Escapes.append(line, message);
        return line.append(System.lineSeparator()).toString();
    }
}
