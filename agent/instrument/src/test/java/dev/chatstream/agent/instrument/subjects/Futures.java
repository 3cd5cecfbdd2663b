package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** Methods that return what goes on after them. */
public class Futures {

    /** What the test gives. */
    public Object next = "";

    @ChatStream(chatId = "#chat")
    @SuppressWarnings("unchecked")
    public CompletableFuture<String> completable(String chat) {
        return (CompletableFuture<String>) next;
    }

    @ChatStream(chatId = "#chat")
    @SuppressWarnings("unchecked")
    public CompletionStage<String> stage(String chat) {
        return (CompletionStage<String>) next;
    }

    @ChatStream(chatId = "#chat")
    public Future<?> future(String chat) {
        return (Future<?>) next;
    }

    @ChatStream(chatId = "#chat")
    public Object object(String chat) {
        return next;
    }

    @ChatStream(chatId = "#chat")
    @SuppressWarnings("unchecked")
    public <T> T generic(String chat) {
        return (T) next;
    }

    @ChatStream(chatId = "#chat")
    public FutureTask<String> task(String chat) {
        return new FutureTask<>(() -> "done");
    }

    /** Methods whose types are not followed. */
    public static class Unfollowed {

        @ChatStream(chatId = "#chat")
        public Stream<String> stream(String chat) {
            return Stream.of(chat);
        }

        @ChatStream(chatId = "#chat")
        public InputStream bytes(String chat) {
            return new ByteArrayInputStream(new byte[0]);
        }

        @ChatStream(chatId = "#chat")
        public Flow.Publisher<String> publisher(String chat) {
            return subscriber -> {};
        }

        @ChatStream(chatId = "#chat")
        public AutoCloseable closeable(String chat) {
            return () -> {};
        }
    }
}
