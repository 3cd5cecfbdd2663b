package dev.chatstream.it.apps.openai;

import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Desk;
import java.util.Optional;
import java.util.stream.Stream;

/** Consumers of the responses of both libraries, whose interfaces are the same by other names. */
final class Hearing {

    private Hearing() {}

    /** To its end, which the call is told of. */
    static void all(Object value, Call call) {
        switch (value) {
            case AsyncStreamResponse<?> response -> response.subscribe(new OpenAi(call));
            case com.anthropic.core.http.AsyncStreamResponse<?> response -> response.subscribe(new Anthropic(call));
            default -> readAll(value, call);
        }
    }

    private static void readAll(Object value, Call call) {
        try {
            stream(value).forEach(element -> hear(element, call));
            call.done();
        } catch (RuntimeException failure) {
            call.failed(failure);
        }
    }

    /** One token; who is called back closes the response then, and a stream goes on until it is closed. */
    static void first(Object value, Call call) {
        switch (value) {
            case AsyncStreamResponse<?> response ->
                response.subscribe(chunk -> {
                    hear(chunk, call);
                    response.close();
                    call.cancel();
                });
            case com.anthropic.core.http.AsyncStreamResponse<?> response ->
                response.subscribe(event -> {
                    hear(event, call);
                    response.close();
                    call.cancel();
                });
            default -> hear(stream(value).findFirst().orElseThrow(), call);
        }
    }

    static void close(Object value) throws Exception {
        switch (value) {
            case AsyncStreamResponse<?> response -> response.close();
            case com.anthropic.core.http.AsyncStreamResponse<?> response -> response.close();
            default -> ((AutoCloseable) value).close();
        }
    }

    private static Stream<?> stream(Object value) {
        return switch (value) {
            case StreamResponse<?> response -> response.stream();
            case com.anthropic.core.http.StreamResponse<?> response -> response.stream();
            default -> throw new IllegalArgumentException("not read: " + value);
        };
    }

    private static void hear(Object element, Call call) {
        token(element).ifPresent(token -> {
            Desk.say("got", call.getName(), token);
            call.hear(token);
        });
    }

    private static Optional<String> token(Object element) {
        return switch (element) {
            case ChatCompletionChunk chunk -> chunk.choices().getFirst().delta().content();
            case RawMessageStreamEvent event ->
                event.contentBlockDelta().flatMap(block -> block.delta().text()).map(delta -> delta.text());
            default -> throw new IllegalArgumentException("no element: " + element);
        };
    }

    private static void end(Optional<Throwable> failure, Call call) {
        failure.ifPresentOrElse(call::failed, call::done);
    }

    private record OpenAi(Call call) implements AsyncStreamResponse.Handler<Object> {

        @Override
        public void onNext(Object chunk) {
            hear(chunk, call);
        }

        @Override
        public void onComplete(Optional<Throwable> failure) {
            end(failure, call);
        }
    }

    private record Anthropic(Call call) implements com.anthropic.core.http.AsyncStreamResponse.Handler<Object> {

        @Override
        public void onNext(Object event) {
            hear(event, call);
        }

        @Override
        public void onComplete(Optional<Throwable> failure) {
            end(failure, call);
        }
    }
}
