package dev.chatstream.demo.tour;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads server-sent events. */
final class Sse {
    private Sse() {}

    /** Hands on each event as it comes, until the stream ends; one that is cut off in its middle is dropped, as the standard wants it. */
    static void read(InputStream stream, Consumer<Event> events) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        String name = "message";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.accept(new Event(name, data.substring(1)));
                }
                name = "message";
                data.setLength(0);
            } else if (line.startsWith("event:")) {
                name = value(line);
            } else if (line.startsWith("data:")) {
                data.append('\n').append(value(line));
            }
        }
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    record Event(String name, String data) {}
}
