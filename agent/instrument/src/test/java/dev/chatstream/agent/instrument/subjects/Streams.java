package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Methods that return what is read from after them. */
@SuppressWarnings("unchecked")
public class Streams {

    /** What the test gives. */
    public Object next = "";

    @ChatStream(chatId = "#chat")
    public Stream<String> stream(String chat) {
        return (Stream<String>) next;
    }

    @ChatStream(chatId = "#chat")
    public IntStream ints(String chat) {
        return (IntStream) next;
    }

    @ChatStream(chatId = "#chat")
    public Iterator<String> iterator(String chat) {
        return (Iterator<String>) next;
    }

    @ChatStream(chatId = "#chat")
    public Iterable<String> iterable(String chat) {
        return (Iterable<String>) next;
    }

    @ChatStream(chatId = "#chat")
    public InputStream bytes(String chat) {
        return (InputStream) next;
    }

    @ChatStream(chatId = "#chat")
    public Reader reader(String chat) {
        return (Reader) next;
    }

    @ChatStream(chatId = "#chat")
    public BufferedReader lines(String chat) {
        return (BufferedReader) next;
    }

    @ChatStream(chatId = "#chat")
    public Optional<Object> optional(String chat) {
        return (Optional<Object>) next;
    }

    @ChatStream(chatId = "#chat")
    public HttpResponse<Object> response(String chat) {
        return (HttpResponse<Object>) next;
    }

    @ChatStream(chatId = "#chat")
    public CompletableFuture<Stream<String>> futureStream(String chat) {
        return (CompletableFuture<Stream<String>>) next;
    }

    @ChatStream(chatId = "#chat")
    public CompletableFuture<Object> future(String chat) {
        return (CompletableFuture<Object>) next;
    }

    @ChatStream(chatId = "#chat")
    public Object object(String chat) {
        return next;
    }

    @ChatStream(chatId = "#chat")
    public List<String> list(String chat) {
        return (List<String>) next;
    }

    @ChatStream(chatId = "#chat")
    public Tokens tokens(String chat) {
        return (Tokens) next;
    }

    @ChatStream(chatId = "#chat")
    public Page page(String chat) {
        return (Page) next;
    }

    /** A value that can be iterated over, too. */
    public interface Page extends Iterable<String> {}

    /** An interface that nobody else sees, with a method that gives itself back and one that is guarded. */
    interface Tokens extends Iterator<String>, AutoCloseable {
        Tokens named(String name);

        Iterator<String> rest();

        @ChatStream(chatId = "#p0")
        String text(String chat);

        @Override
        void close();
    }

    /** Methods whose declared types nothing else can stand for. */
    public static class Narrow {

        @ChatStream(chatId = "#chat")
        public FilterInputStream filter(String chat) {
            return new FilterInputStream(InputStream.nullInputStream()) {};
        }
    }
}
