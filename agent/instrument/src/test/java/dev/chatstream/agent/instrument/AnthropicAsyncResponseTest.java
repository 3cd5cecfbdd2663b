package dev.chatstream.agent.instrument;

import com.anthropic.core.http.AsyncStreamResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A stream is open until anthropic-java's AsyncStreamResponse")
class AnthropicAsyncResponseTest extends AsyncResponses {

    @Override
    Object asked(Object methods) throws Exception {
        methods.getClass()
                .getField("next")
                .set(methods, Clients.anthropic(body).async().messages().createStreaming(Clients.anthropicRequest()));
        return Application.call(methods, "anthropicAsync", "c");
    }

    @Override
    Object subscribe(Object response, Executor executor) {
        return subscribed(response(response), executor);
    }

    private <T> Object subscribed(AsyncStreamResponse<T> response, Executor executor) {
        return response.subscribe(
                new AsyncStreamResponse.Handler<T>() {
                    @Override
                    public void onNext(T element) {
                        notes.next();
                    }

                    @Override
                    public void onComplete(Optional<Throwable> failure) {
                        notes.complete(failure);
                    }
                },
                executor);
    }

    @Override
    CompletableFuture<?> future(Object response) {
        return response(response).onCompleteFuture();
    }

    @Override
    void close(Object response) {
        response(response).close();
    }

    private static AsyncStreamResponse<?> response(Object response) {
        return (AsyncStreamResponse<?>) response;
    }

    @Override
    String token(String text) {
        return Clients.anthropicToken(text);
    }
}
