package dev.chatstream.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.demo.tour.Sse.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseTest {

    @Test
    void readsEventsWithTheirNamesAndData() throws IOException {
        assertThat(read("event: begin\ndata: {}\n\nid: 1\nevent: word\ndata: one\n\ndata: two\n\n"))
                .containsExactly(new Event("begin", "{}"), new Event("word", "one"), new Event("message", "two"));
    }

    @Test
    void knowsTheFinerPointsOfTheStandard() throws IOException {
        assertThat(read(": a comment\r\ndata:first\r\ndata:  second\r\n\r\nevent: nothing\r\n\r\ndata\r\n\r\n"))
                .containsExactly(new Event("message", "first\n second"));
    }

    @Test
    void dropsAnEventThatIsCutOff() throws IOException {
        assertThat(read("data: whole\n\nevent: word\ndata: ha")).containsExactly(new Event("message", "whole"));
    }

    private static List<Event> read(String stream) throws IOException {
        List<Event> events = new ArrayList<>();
        Sse.read(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)), events::add);
        return events;
    }
}
