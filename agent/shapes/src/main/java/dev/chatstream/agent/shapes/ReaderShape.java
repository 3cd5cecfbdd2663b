package dev.chatstream.agent.shapes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/** {@link Reader}, and {@link BufferedReader} as one of its kind: as {@link InputStreamShape}. */
final class ReaderShape implements Shape {

    @Override
    public List<String> types() {
        return List.of("java.io.Reader", "java.io.BufferedReader");
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        boolean buffered = value instanceof BufferedReader;
        return declared.isAssignableFrom(buffered ? FollowedBufferedReader.class : Followed.class)
                && (declared != Object.class
                        || !StandIns.canBeNamed(value, buffered ? BufferedReader.class : Reader.class));
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        Reading reading = new Reading(Feed.of(value, outlet));
        return value instanceof BufferedReader lines
                ? new FollowedBufferedReader(lines, reading)
                : new Followed((Reader) value, reading);
    }

    /** What is not here comes down to what is. */
    private static final class Followed extends Reader {
        private final Reader source;
        private final Reading reading;

        Followed(Reader source, Reading reading) {
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
        public long skip(long number) throws IOException {
            return reading.ask(() -> source.skip(number), 0);
        }

        @Override
        public boolean ready() throws IOException {
            return reading.ask(() -> source.ready() ? 1 : 0, 0) == 1;
        }

        @Override
        public void close() throws IOException {
            reading.close(source::close);
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
        public String toString() {
            return source.toString();
        }
    }
}
