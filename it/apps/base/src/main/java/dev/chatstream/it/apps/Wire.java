package dev.chatstream.it.apps;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** As much of HTTP/1.1 as clients of a model need, on the side of the model. */
public final class Wire {

    /** A request; the names of its headers are in lower case. */
    public record Request(String line, Map<String, String> headers, String body) {}

    private final InputStream in;
    private final OutputStream out;

    public Wire(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** The next request, or null where the client has closed the connection. */
    public @Nullable Request read() throws IOException {
        String line = readLine();
        if (line == null || line.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = readLine(); header != null && !header.isEmpty(); header = readLine()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).trim());
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        return new Request(line, headers, body(headers));
    }

    private String body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            StringBuilder body = new StringBuilder();
            for (int length = chunkLength(); length > 0; length = chunkLength()) {
                body.append(readText(length));
                readLine();
            }
            readLine();
            return body.toString();
        }
        return readText(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private int chunkLength() throws IOException {
        String line = readLine();
        return line == null ? 0 : Integer.parseInt(line.trim(), 16);
    }

    private String readText(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private @Nullable String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    public void answer(int status, String type, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        write("HTTP/1.1 " + status + " -\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n"
                + body);
    }

    /** An answer begins whose length nobody knows yet. */
    public void begin(String type) throws IOException {
        write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    public void send(String text) throws IOException {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        write(Integer.toHexString(length) + "\r\n" + text + "\r\n");
    }

    public void end() throws IOException {
        write("0\r\n\r\n");
    }

    public void beginEvents() throws IOException {
        begin("text/event-stream");
    }

    public void event(String data) throws IOException {
        send("data: " + data + "\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
