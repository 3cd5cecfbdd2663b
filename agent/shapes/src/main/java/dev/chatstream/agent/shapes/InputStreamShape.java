package dev.chatstream.agent.shapes;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** {@link InputStream}: the caller reads from another one, which is over at its end, when it is closed, or when it fails. */
final class InputStreamShape implements Shape {

    @Override
    public List<String> types() {
        return List.of("java.io.InputStream");
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        return declared.isAssignableFrom(Followed.class)
                && (declared != Object.class || !StandIns.canBeNamed(value, InputStream.class));
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        InputStream source = (InputStream) value;
        return new Followed(source, new Reading(Feed.of(source, outlet)));
    }

    /** What is not here comes down to what is. */
    private static final class Followed extends InputStream {
        private final InputStream source;
        private final Reading reading;

        Followed(InputStream source, Reading reading) {
            this.source = source;
            this.reading = reading;
        }

        @Override
        public int read() throws IOException {
            return (int) reading.read(source::read);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return (int) reading.read(() -> source.read(target, offset, length));
        }

        @Override
        public long skip(long number) throws IOException {
            return reading.ask(() -> source.skip(number), 0);
        }

        @Override
        public int available() throws IOException {
            return (int) reading.ask(source::available, 0);
        }

        @Override
        public void close() throws IOException {
            reading.close(source::close);
        }

        @Override
        public void mark(int limit) {
            source.mark(limit);
        }

        @Override
        public void reset() throws IOException {
            reading.run(source::reset);
        }

        @Override
        public boolean markSupported() {
            return source.markSupported();
        }

        @Override
        public String toString() {
            return source.toString();
        }
    }
}
