package dev.chatstream.it.apps.jdk;

import dev.chatstream.it.apps.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One of each kind of what is read, over a source. */
final class Made {

    private Made() {}

    /** An interface of the application's own: to be closed, and read from itself. */
    interface Tokens extends Iterator<String>, AutoCloseable {
        @Override
        void close();
    }

    /** Another one: to be closed, and handing out what is read. */
    interface Answer extends AutoCloseable {
        Stream<String> tokens();

        @Override
        void close();
    }

    static Stream<String> stream(Source source) {
        return stream(new Pull(source));
    }

    private static Stream<String> stream(Pull pull) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Taking(pull), Spliterator.ORDERED), false)
                .onClose(pull::close);
    }

    static Iterator<String> iterator(Source source) {
        return new Taking(new Pull(source));
    }

    static Iterable<String> iterable(Source source) {
        Pull pull = new Pull(source);
        return () -> new Taking(pull);
    }

    static Tokens closeable(Source source) {
        return new Closing(new Pull(source));
    }

    static Answer answer(Source source) {
        Pull pull = new Pull(source);
        return new Answer() {
            @Override
            public Stream<String> tokens() {
                return stream(pull);
            }

            @Override
            public void close() {
                pull.close();
            }
        };
    }

    /** Lines of bytes. */
    static InputStream bytes(Source source) {
        return new Bytes(new Pull(source));
    }

    static Reader reader(Source source) {
        return new InputStreamReader(bytes(source), StandardCharsets.UTF_8);
    }

    static BufferedReader lines(Source source) {
        return new BufferedReader(reader(source));
    }

    private static class Taking implements Iterator<String> {
        final Pull pull;
        private Optional<String> next = Optional.empty();

        Taking(Pull pull) {
            this.pull = pull;
        }

        @Override
        public boolean hasNext() {
            if (next.isEmpty()) {
                next = pull.take();
            }
            return next.isPresent();
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            String token = next.orElseThrow();
            next = Optional.empty();
            return token;
        }
    }

    private static final class Closing extends Taking implements Tokens {

        Closing(Pull pull) {
            super(pull);
        }

        @Override
        public void close() {
            pull.close();
        }
    }

    private static final class Bytes extends InputStream {
        private final Pull pull;
        private byte[] line = {};
        private int given;

        Bytes(Pull pull) {
            this.pull = pull;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        /** As sockets do, it gives what there is. */
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (given == line.length) {
                line = taken().map(token -> (token + "\n").getBytes(StandardCharsets.UTF_8))
                        .orElse(new byte[0]);
                given = 0;
            }
            int number = Math.min(length, line.length - given);
            System.arraycopy(line, given, target, offset, number);
            given += number;
            return number == 0 ? -1 : number;
        }

        private Optional<String> taken() throws IOException {
            try {
                return pull.take();
            } catch (IllegalStateException failed) {
                throw new IOException(failed.getMessage(), failed);
            }
        }

        @Override
        public void close() {
            pull.close();
        }
    }
}
