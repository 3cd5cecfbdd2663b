package dev.chatstream.demo;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes server-sent events to one reader and throws as soon as that reader is known to be gone. Nothing is sent before the first event, so
 * that what fails before it can still be answered with a status of its own.
 */
final class EventWriter {
    private final HttpServletResponse response;
    private final JsonMapper json;

    EventWriter(HttpServletResponse response, JsonMapper json) {
        this.response = response;
        this.json = json;
    }

    void word(int number, String word) throws IOException {
        write("id: " + number + "\nevent: word\ndata: " + word + "\n\n");
    }

    void event(String name, Map<String, ?> data) throws IOException {
        write("event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n");
    }

    private void write(String event) throws IOException {
        if (!response.isCommitted()) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        ServletOutputStream out = response.getOutputStream();
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
