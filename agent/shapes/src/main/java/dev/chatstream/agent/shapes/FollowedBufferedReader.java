package dev.chatstream.agent.shapes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Stands for a {@link BufferedReader}, which has the buffer: its own is empty and never used. */
final class FollowedBufferedReader extends BufferedReader {

    private final BufferedReader source;
    private final Reading reading;

    FollowedBufferedReader(BufferedReader source, Reading reading) {
        super(Reader.nullReader(), 1);
        this.source = source;
        this.reading = reading;
    }

    @Override
    public int read() throws IOException {
        return (int) reading.read(source::read);
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        return (int) reading.read(() -> source.read(target, offset, length));
    }

    @Override
    public @Nullable String readLine() throws IOException {
        @Nullable String[] line = {null};
        reading.run(() -> line[0] = source.readLine());
        if (line[0] == null) {
            reading.exhausted();
        }
        return line[0];
    }

    @Override
    public long skip(long number) throws IOException {
        return reading.ask(() -> source.skip(number), 0);
    }

    @Override
    public boolean ready() throws IOException {
        return reading.ask(() -> source.ready() ? 1 : 0, 0) == 1;
    }

    @Override
    public boolean markSupported() {
        return source.markSupported();
    }

    @Override
    public void mark(int limit) throws IOException {
        reading.run(() -> source.mark(limit));
    }

    @Override
    public void reset() throws IOException {
        reading.run(source::reset);
    }

    @Override
    public void close() throws IOException {
        reading.close(source::close);
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
