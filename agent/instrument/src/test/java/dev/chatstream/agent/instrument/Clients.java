package dev.chatstream.agent.instrument;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientImpl;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** The model makers' own clients, over a body that a test sends. */
final class Clients {

    private Clients() {}

    static OpenAIClient openAi(InputStream body) {
        return new OpenAIClientImpl(com.openai.core.ClientOptions.builder()
                .apiKey("none")
                .httpClient(new OpenAiHttp(body))
                .build());
    }

    static ChatCompletionCreateParams openAiRequest() {
        return ChatCompletionCreateParams.builder()
                .model("any")
                .addUserMessage("hello")
                .build();
    }

    static String openAiToken(String text) {
        return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"any\",\"choices\":"
                + "[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}\n\n";
    }

    static AnthropicClient anthropic(InputStream body) {
        return new AnthropicClientImpl(com.anthropic.core.ClientOptions.builder()
                .putHeader("x-api-key", "none")
                .httpClient(new AnthropicHttp(body))
                .build());
    }

    static MessageCreateParams anthropicRequest() {
        return MessageCreateParams.builder()
                .model("any")
                .maxTokens(10)
                .addUserMessage("hello")
                .build();
    }

    static String anthropicToken(String text) {
        return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                + "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}}\n\n";
    }

    private record OpenAiHttp(InputStream body) implements com.openai.core.http.HttpClient {
        @Override
        public com.openai.core.http.HttpResponse execute(
                com.openai.core.http.HttpRequest request, com.openai.core.RequestOptions options) {
            return new com.openai.core.http.HttpResponse() {
                @Override
                public int statusCode() {
                    return 200;
                }

                @Override
                public com.openai.core.http.Headers headers() {
                    return com.openai.core.http.Headers.builder().build();
                }

                @Override
                public InputStream body() {
                    return body;
                }

                @Override
                public void close() {
                    closed(body);
                }
            };
        }

        @Override
        public CompletableFuture<com.openai.core.http.HttpResponse> executeAsync(
                com.openai.core.http.HttpRequest request, com.openai.core.RequestOptions options) {
            return CompletableFuture.completedFuture(execute(request, options));
        }

        @Override
        public void close() {}
    }

    private record AnthropicHttp(InputStream body) implements com.anthropic.core.http.HttpClient {
        @Override
        public com.anthropic.core.http.HttpResponse execute(
                com.anthropic.core.http.HttpRequest request, com.anthropic.core.RequestOptions options) {
            return new com.anthropic.core.http.HttpResponse() {
                @Override
                public int statusCode() {
                    return 200;
                }

                @Override
                public com.anthropic.core.http.Headers headers() {
                    return com.anthropic.core.http.Headers.builder().build();
                }

                @Override
                public InputStream body() {
                    return body;
                }

                @Override
                public void close() {
                    closed(body);
                }
            };
        }

        @Override
        public CompletableFuture<com.anthropic.core.http.HttpResponse> executeAsync(
                com.anthropic.core.http.HttpRequest request, com.anthropic.core.RequestOptions options) {
            return CompletableFuture.completedFuture(execute(request, options));
        }

        @Override
        public void close() {}
    }

    private static void closed(InputStream body) {
        try {
            body.close();
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
