package dev.chatstream.agent.instrument;

import com.openai.core.http.StreamResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A stream is open until openai-java's StreamResponse")
class OpenAiStreamResponseTest extends StreamResponses {

    @Override
    @SuppressWarnings("MustBeClosedChecker") // its caller does, or not
    AutoCloseable asked(Object methods) throws Exception {
        methods.getClass()
                .getField("next")
                .set(methods, Clients.openAi(body).chat().completions().createStreaming(Clients.openAiRequest()));
        return (AutoCloseable) Application.call(methods, "openAi", "c");
    }

    @Override
    Stream<?> stream(AutoCloseable response) {
        return ((StreamResponse<?>) response).stream();
    }

    @Override
    String token(String text) {
        return Clients.openAiToken(text);
    }
}
