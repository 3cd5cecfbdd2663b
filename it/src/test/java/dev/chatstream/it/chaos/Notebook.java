package dev.chatstream.it.chaos;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What one participant saw, a line each, in the order in which it wrote them. Every line is one write to the system, so that
 * a SIGKILL takes none of those before. Not a channel: an interrupt would close that.
 */
final class Notebook implements AutoCloseable {

    private final OutputStream file;

    Notebook(Path path) {
        try {
            this.file = new FileOutputStream(path.toFile(), true);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** A call is about to begin. */
    void begins(long call, String chatId, String how) {
        write("C " + call + " " + System.nanoTime() + " " + chatId + " " + how);
    }

    /** At some moment between before and after it held its lock, and for at least so long from before on; 0: it did not. */
    void sees(long call, long before, long after, long remaining, long fence) {
        write("S " + call + " " + before + " " + after + " " + remaining + " " + fence);
    }

    /** The call has ended; whether its stream still claims the lock. */
    void ends(long call, String outcome, boolean claims) {
        write("E " + call + " " + System.nanoTime() + " " + outcome + " " + claims);
    }

    private synchronized void write(String line) {
        try {
            file.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
