package dev.chatstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class EventWriterTest {
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final EventWriter events = new EventWriter(response, new JsonMapper());

    @Test
    void sendsNothingBeforeTheFirstEvent() {
        assertThat(response.isCommitted()).isFalse();
        assertThat(response.getContentType()).isNull();
    }

    @Test
    void anEventLeavesAtOnce() throws IOException {
        events.word(1, "one");
        assertThat(response.isCommitted()).isTrue();
        assertThat(response.getContentType()).isEqualTo("text/event-stream");
        assertThat(response.getContentAsString()).isEqualTo("id: 1\nevent: word\ndata: one\n\n");
    }

    @Test
    void dataIsJson() throws IOException {
        events.event("end", Map.of("words", 3));
        assertThat(response.getContentAsString()).isEqualTo("event: end\ndata: {\"words\":3}\n\n");
    }
}
