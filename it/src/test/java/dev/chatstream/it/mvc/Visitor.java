package dev.chatstream.it.mvc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sees the bytes as they come, and can leave in the middle. */
final class Visitor implements AutoCloseable {

    /** Not a measure of anything: a test that hangs is to fail by itself. */
    private static final int HANG_MILLIS = 60_000;

    private final Socket socket;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private Visitor(Socket socket) {
        this.socket = socket;
    }

    static Visitor of(int port, String path) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(HANG_MILLIS);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new Visitor(socket);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Reads until this has come. */
    Visitor sees(String text) {
        while (!all().contains(text)) {
            if (!read()) {
                throw new AssertionError("the response ended before '" + text + "':\n" + all());
            }
        }
        return this;
    }

    /** Reads to the end; answers all that has come. */
    String toTheEnd() {
        while (read()) {}
        return all();
    }

    /** Whether what came to the end is a whole response: chunked, with the last chunk. */
    boolean sawItsEnd() {
        return toTheEnd().endsWith("\r\n0\r\n\r\n");
    }

    private boolean read() {
        try {
            InputStream in = socket.getInputStream();
            int one = in.read();
            if (one < 0) {
                return false;
            }
            seen.write(one);
            seen.write(in.readNBytes(in.available()));
            return true;
        } catch (SocketException reset) {
            return false;
        } catch (IOException cause) {
            throw new UncheckedIOException("so far:\n" + all(), cause);
        }
    }

    private String all() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    /** As a browser does that is closed. */
    void leaves() {
        if (socket.isClosed()) {
            return;
        }
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    @Override
    public void close() {
        leaves();
    }
}
