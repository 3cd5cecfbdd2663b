package dev.chatstream.it.apps.jdk;

import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Desk;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Readers of each kind. */
final class Reading {

    private Reading() {}

    /** To its end, which the call is told of. */
    static void all(Object value, Call call) {
        try {
            read(inside(value, call), token -> {
                Desk.say("got", call.getName(), token);
                call.hear(token.toString());
            });
            call.done();
        } catch (ToldAlready told) {
            // on the thread that completed a future
        } catch (Throwable failure) {
            call.failed(failure);
        }
    }

    private static void read(Object value, Consumer<Object> reader) throws Exception {
        switch (value) {
            case Stream<?> stream -> stream.forEach(reader);
            case IntStream stream -> stream.forEach(reader::accept);
            case LongStream stream -> stream.forEach(reader::accept);
            case DoubleStream stream -> stream.forEach(reader::accept);
            case Made.Answer answer -> answer.tokens().forEach(reader);
            case Iterator<?> iterator -> read(iterator, reader);
            case Iterable<?> iterable -> read(iterable.iterator(), reader);
            case InputStream bytes -> read(new InputStreamReader(bytes, StandardCharsets.UTF_8), reader);
            case BufferedReader lines -> read(lines, reader);
            case Reader characters -> read(new BufferedReader(characters), reader);
            default -> reader.accept(value);
        }
    }

    private static void read(Iterator<?> iterator, Consumer<Object> reader) {
        while (iterator.hasNext()) {
            reader.accept(iterator.next());
        }
    }

    private static void read(BufferedReader lines, Consumer<Object> reader) throws Exception {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            reader.accept(line);
        }
    }

    /** One token. */
    static Object first(Object value) throws Exception {
        return switch (value) {
            case BaseStream<?, ?> stream -> stream.iterator().next();
            case Made.Answer answer -> answer.tokens().findFirst().orElseThrow();
            case Iterator<?> iterator -> iterator.next();
            case Iterable<?> iterable -> iterable.iterator().next();
            case InputStream bytes -> bytes.read();
            case Reader characters -> characters.read();
            default -> throw new IllegalArgumentException("not read: " + value);
        };
    }

    /** What there is to read inside of it, once that has come. */
    static Object inside(@Nullable Object value, Call call) throws Exception {
        return switch (value) {
            case Optional<?> optional -> inside(optional.orElseThrow(), call);
            case HttpResponse<?> response -> inside(response.body(), call);
            case CompletionStage<?> stage -> inside(outcome(stage, call), call);
            case Future<?> future -> {
                call.cancelledBy(() -> future.cancel(true));
                Desk.say("waiting", call.getName(), "for a future");
                yield inside(future.get(), call);
            }
            case null -> throw new IllegalStateException("nothing came");
            default -> value;
        };
    }

    /** A future has failed, of which the call knows. */
    private static final class ToldAlready extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** As whoever depends on it is told, and when: {@code get()} has exceptions of its own. */
    private static @Nullable Object outcome(CompletionStage<?> stage, Call call) throws Exception {
        CompletableFuture<Optional<Object>> told = new CompletableFuture<>();
        if (stage instanceof CompletableFuture<?> future) {
            call.cancelledBy(() -> future.cancel(true));
        }
        var unused = stage.whenComplete((value, failure) -> {
            if (failure != null) {
                call.failed(failure);
            }
            told.complete(Optional.ofNullable(value));
        });
        Desk.say("waiting", call.getName(), "for a future");
        return told.get().orElseThrow(ToldAlready::new);
    }
}
