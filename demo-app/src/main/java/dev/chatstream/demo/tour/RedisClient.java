package dev.chatstream.demo.tour;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A plain Redis client, as a service in any other language has: it sends the commands that it is told and knows nothing of ChatStream. */
final class RedisClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int USUAL_PORT = 6379;

    private final Socket socket;
    private final InputStream in;

    private RedisClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param uri {@code redis://} or {@code rediss://}, with what it takes to log in */
    static RedisClient connect(URI uri) throws IOException {
        String host = uri.getHost();
        int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
        boolean tls = "rediss".equals(uri.getScheme());
        RedisClient client =
                new RedisClient(tls ? SSLSocketFactory.getDefault().createSocket(host, port) : new Socket(host, port));
        try {
            client.logIn(uri);
            return client;
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private void logIn(URI uri) throws IOException {
        String login = uri.getUserInfo();
        if (login != null && !login.isEmpty()) {
            int colon = login.indexOf(':');
            String user = colon <= 0 ? "default" : login.substring(0, colon);
            call("AUTH", user, login.substring(colon + 1));
        }
        String database = uri.getPath();
        if (database != null && database.length() > 1) {
            call("SELECT", database.substring(1));
        }
    }

    /** One command and its answer: text, a number as text, a list, or null. */
    @Nullable
    Object call(String... command) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("*" + command.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String part : command) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            request.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(bytes);
            request.writeBytes(new byte[] {'\r', '\n'});
        }
        socket.getOutputStream().write(request.toByteArray());
        return read();
    }

    /** The value of a key, or null. */
    @Nullable
    String get(String key) throws IOException {
        return (String) call("GET", key);
    }

    /** Milliseconds until the key expires; negative where there is no key. */
    long pttl(String key) throws IOException {
        return Long.parseLong(String.valueOf(call("PTTL", key)));
    }

    private @Nullable Object read() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '-' -> throw new IOException("Redis answers " + rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new IOException("not an answer of Redis: " + line);
        };
    }

    private @Nullable String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException("Redis closed the connection");
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private List<@Nullable Object> list(int size) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(read());
        }
        return list;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) c);
        }
        in.skipNBytes(1);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
