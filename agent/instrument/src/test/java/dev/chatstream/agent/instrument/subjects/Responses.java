package dev.chatstream.agent.instrument.subjects;

import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.chatstream.ChatStream;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Methods that return what the clients of model makers return. */
@SuppressWarnings("unchecked")
public class Responses {

    /** What the test gives. */
    public Object next = "";

    @ChatStream(chatId = "#chat")
    public com.openai.core.http.StreamResponse<ChatCompletionChunk> openAi(String chat) {
        return (com.openai.core.http.StreamResponse<ChatCompletionChunk>) next;
    }

    @ChatStream(chatId = "#chat")
    public com.openai.core.http.AsyncStreamResponse<ChatCompletionChunk> openAiAsync(String chat) {
        return (com.openai.core.http.AsyncStreamResponse<ChatCompletionChunk>) next;
    }

    @ChatStream(chatId = "#chat")
    public com.anthropic.core.http.StreamResponse<?> anthropic(String chat) {
        return (com.anthropic.core.http.StreamResponse<?>) next;
    }

    @ChatStream(chatId = "#chat")
    public com.anthropic.core.http.AsyncStreamResponse<?> anthropicAsync(String chat) {
        return (com.anthropic.core.http.AsyncStreamResponse<?>) next;
    }

    @ChatStream(chatId = "#chat")
    public Answer answer(String chat) {
        return (Answer) next;
    }

    @ChatStream(chatId = "#chat")
    public CompletableFuture<Object> future(String chat) {
        return (CompletableFuture<Object>) next;
    }

    /** An interface of somebody's own, of the kind. */
    public interface Answer extends AutoCloseable {
        Stream<String> tokens();

        Iterable<String> lines();

        String model();

        @Override
        void close();
    }

    /** An interface that wants to be closed, and is nothing that streams. */
    public interface Plain extends AutoCloseable {
        String text();
    }

    /** A method whose declared type is not followed. */
    public static class Others {
        public Object next = "";

        @ChatStream(chatId = "#chat")
        public Plain plain(String chat) {
            return (Plain) next;
        }
    }
}
