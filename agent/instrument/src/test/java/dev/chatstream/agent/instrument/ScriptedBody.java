package dev.chatstream.agent.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The body of a model's HTTP response: what a test sends, and then nothing until it sends more. */
final class ScriptedBody extends InputStream {

    private static final byte[] END = {};
    private static final byte[] BREAK = {};

    private final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
    private byte[] current = {};
    private int position;
    volatile @Nullable Thread closedBy;
    volatile boolean waitedFor;

    void send(String text) {
        sent.add(text.getBytes(StandardCharsets.UTF_8));
    }

    void end() {
        sent.add(END);
    }

    /** The connection is broken. */
    void breaks() {
        sent.add(BREAK);
    }

    boolean isClosed() {
        return closedBy != null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public int read(byte[] target, int offset, int length) throws IOException {
        while (position == current.length) {
            byte[] next = next();
            if (next == BREAK) {
                throw new IOException("the connection broke");
            }
            if (next == END) {
                sent.add(END);
                return -1;
            }
            current = next;
            position = 0;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    private byte[] next() throws IOException {
        if (isClosed()) {
            throw new IOException("closed");
        }
        waitedFor = sent.isEmpty();
        try {
            return sent.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        if (closedBy == null) {
            closedBy = Thread.currentThread();
            sent.add(BREAK);
        }
    }
}
