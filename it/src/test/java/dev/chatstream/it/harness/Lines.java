package dev.chatstream.it.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The lines that a process prints; a test waits for the one that it needs, as long as it takes. */
public final class Lines {

    /** Only a hang takes so long; nothing is measured by it. */
    static final Duration HANG = Duration.ofSeconds(Integer.getInteger("it.patience", 60));

    private final String name;
    private final List<String> lines = new ArrayList<>();
    private final List<Boolean> taken = new ArrayList<>();
    private boolean ended;

    Lines(String name) {
        this.name = name;
    }

    void follow(InputStream stream) {
        Thread.ofPlatform().daemon().name("read-" + name).start(() -> read(stream));
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException end) {
            add("(unreadable: " + end + ")");
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        taken.add(false);
        notifyAll();
    }

    /** The first line that begins so and was not taken yet. */
    public String await(String beginning) {
        return await("a line that begins with '" + beginning + "'", line -> line.startsWith(beginning));
    }

    /** The first line that has all this in it and was not taken yet. */
    public String awaitContaining(String... parts) {
        return await("a line with " + List.of(parts), line -> {
            for (String part : parts) {
                if (!line.contains(part)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** The first line in which this is found and that was not taken yet. */
    public String awaitMatching(String pattern) {
        Predicate<String> found = Pattern.compile(pattern).asPredicate();
        return await("a line that matches " + pattern, found);
    }

    private synchronized String await(String what, Predicate<String> wanted) {
        long end = System.nanoTime() + HANG.toNanos();
        while (true) {
            for (int i = 0; i < lines.size(); i++) {
                if (!taken.get(i) && wanted.test(lines.get(i))) {
                    taken.set(i, true);
                    return lines.get(i);
                }
            }
            waitUntil(end, "waited in vain for " + what);
        }
    }

    /** What is there by now is waited for no more. */
    public synchronized void skip() {
        taken.replaceAll(before -> true);
    }

    /** All lines, after the last. */
    public synchronized List<String> untilTheEnd() {
        long end = System.nanoTime() + HANG.toNanos();
        while (!ended) {
            waitUntil(end, "waited in vain for the end");
        }
        return List.copyOf(lines);
    }

    private void waitUntil(long end, String failure) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (ended || left <= 0) {
            throw new AssertionError(failure + " on " + name + ":\n" + this);
        }
        try {
            wait(left);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", stopped);
        }
    }

    public synchronized List<String> all() {
        return List.copyOf(lines);
    }

    public synchronized List<String> containing(String part) {
        return lines.stream().filter(line -> line.contains(part)).toList();
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.length() > 2000 ? line.substring(0, 2000) + "..." : line)
                .append('\n'));
        return text.toString();
    }
}
