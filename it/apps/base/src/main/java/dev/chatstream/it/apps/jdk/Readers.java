package dev.chatstream.it.apps.jdk;

import static dev.chatstream.it.apps.ToldChats.entered;

import dev.chatstream.ChatStream;
import dev.chatstream.OnBusy;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.HttpSource;
import dev.chatstream.it.apps.Source;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The guarded methods that return what is read: each type once. */
class Readers {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address = URI.create(HttpSource.start());

    Object call(String method, Call call) throws Exception {
        return switch (method) {
            case "stream" -> stream(call);
            case "ints" -> ints(call);
            case "longs" -> longs(call);
            case "doubles" -> doubles(call);
            case "iterator" -> iterator(call);
            case "iterable" -> iterable(call);
            case "closeable" -> closeable(call);
            case "answer" -> answer(call);
            case "bytes" -> bytes(call);
            case "reader" -> reader(call);
            case "lines" -> lines(call);
            case "response" -> response(call);
            case "responseOfLines" -> responseOfLines(call);
            case "optional" -> optional(call);
            case "later" -> later(call);
            case "laterBytes" -> laterBytes(call);
            case "sent" -> sent(call);
            case "object" -> object(call);
            case "generic" -> generic(call, Made::stream);
            case "rejecting" -> rejecting(call);
            case "plainResponse" -> client.send(request(call), BodyHandlers.ofInputStream());
            case "plainResponseOfLines" -> client.send(request(call), BodyHandlers.ofLines());
            case "plainSent" -> client.sendAsync(request(call), BodyHandlers.ofInputStream());
            default -> throw new IllegalArgumentException(method);
        };
    }

    private HttpRequest request(Call call) {
        return HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString(HttpSource.question(call)))
                .build();
    }

    @ChatStream(chatId = "#call.chatId")
    Stream<String> stream(Call call) {
        return Made.stream(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    IntStream ints(Call call) {
        return Made.stream(entered(call)).mapToInt(String::length);
    }

    @ChatStream(chatId = "#call.chatId")
    LongStream longs(Call call) {
        return Made.stream(entered(call)).mapToLong(String::length);
    }

    @ChatStream(chatId = "#call.chatId")
    DoubleStream doubles(Call call) {
        return Made.stream(entered(call)).mapToDouble(String::length);
    }

    @ChatStream(chatId = "#call.chatId")
    Iterator<String> iterator(Call call) {
        return Made.iterator(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Iterable<String> iterable(Call call) {
        return Made.iterable(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Made.Tokens closeable(Call call) {
        return Made.closeable(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Made.Answer answer(Call call) {
        return Made.answer(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    InputStream bytes(Call call) {
        return Made.bytes(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    Reader reader(Call call) {
        return Made.reader(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    BufferedReader lines(Call call) {
        return Made.lines(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    HttpResponse<InputStream> response(Call call) throws Exception {
        Source unused = entered(call);
        return client.send(request(call), BodyHandlers.ofInputStream());
    }

    @ChatStream(chatId = "#call.chatId")
    HttpResponse<Stream<String>> responseOfLines(Call call) throws Exception {
        Source unused = entered(call);
        return client.send(request(call), BodyHandlers.ofLines());
    }

    @ChatStream(chatId = "#call.chatId")
    Optional<Stream<String>> optional(Call call) {
        return Optional.of(Made.stream(entered(call)));
    }

    @ChatStream(chatId = "#call.chatId")
    CompletableFuture<Stream<String>> later(Call call) {
        Source source = entered(call);
        return Futures.later(call, () -> Made.stream(source));
    }

    @ChatStream(chatId = "#call.chatId")
    CompletionStage<InputStream> laterBytes(Call call) {
        Source source = entered(call);
        return Futures.later(call, () -> Made.bytes(source));
    }

    @ChatStream(chatId = "#call.chatId")
    CompletableFuture<HttpResponse<InputStream>> sent(Call call) {
        Source unused = entered(call);
        return client.sendAsync(request(call), BodyHandlers.ofInputStream());
    }

    @ChatStream(chatId = "#call.chatId")
    Object object(Call call) {
        return Made.stream(entered(call));
    }

    @ChatStream(chatId = "#call.chatId")
    <T> T generic(Call call, Function<Source, T> made) {
        return made.apply(entered(call));
    }

    @ChatStream(chatId = "#call.chatId", onBusy = OnBusy.REJECT)
    Stream<String> rejecting(Call call) {
        return Made.stream(entered(call));
    }
}
