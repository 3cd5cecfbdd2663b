package dev.chatstream.agent.instrument;

import com.anthropic.core.http.StreamResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A stream is open until anthropic-java's StreamResponse")
class AnthropicStreamResponseTest extends StreamResponses {

    @Override
    @SuppressWarnings("MustBeClosedChecker") // its caller does, or not
    AutoCloseable asked(Object methods) throws Exception {
        methods.getClass()
                .getField("next")
                .set(methods, Clients.anthropic(body).messages().createStreaming(Clients.anthropicRequest()));
        return (AutoCloseable) Application.call(methods, "anthropic", "c");
    }

    @Override
    Stream<?> stream(AutoCloseable response) {
        return ((StreamResponse<?>) response).stream();
    }

    @Override
    String token(String text) {
        return Clients.anthropicToken(text);
    }
}
