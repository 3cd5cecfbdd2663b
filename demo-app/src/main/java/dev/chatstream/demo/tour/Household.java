package dev.chatstream.demo.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * All that the tour leaves on the machine while it runs: its folder and its processes. {@link #clear} takes everything away, whoever calls it
 * first, the end of the tour or Ctrl-C; a process that is about to start then does not.
 */
final class Household {
    private final Path folder;
    private final Deque<AutoCloseable> inhabitants = new ArrayDeque<>();
    private boolean closed;

    Household() {
        try {
            folder = Files.createTempDirectory("chatstream-tour-");
        } catch (IOException e) {
            throw new TourException("no folder can be made under " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Starts something and keeps it, as one step: what is started is always taken away again. */
    synchronized <T extends AutoCloseable> T keep(Starter<T> starter) {
        if (closed) {
            throw new TourException("the tour is over");
        }
        try {
            T started = starter.start();
            inhabitants.push(started);
            return started;
        } catch (IOException e) {
            throw new TourException("could not start", e);
        }
    }

    /** SIGKILL to what runs, and the folder deleted; a call meanwhile waits, and finds nothing left. */
    synchronized void clear() {
        closed = true;
        inhabitants.forEach(Household::close);
        inhabitants.clear();
        if (Files.exists(folder)) {
            delete();
        }
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            System.err.println("could not end " + one + ": " + e);
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("could not delete " + folder + ": " + e);
        }
    }

    /** Starts one thing. */
    interface Starter<T> {
        T start() throws IOException;
    }
}
