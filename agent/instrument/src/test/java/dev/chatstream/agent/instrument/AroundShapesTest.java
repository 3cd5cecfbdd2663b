package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.chatstream.ChatAbortedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream is open until what is inside of the returned value is over:")
class AroundShapesTest extends ReturnedValues {

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    AroundShapesTest() throws Exception {
        super(Woven.installed());
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write("a\nb".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anOptionalOfAStream() throws Exception {
        Optional<Stream<String>> optional = call("optional", Optional.of(Stream.of("a")));
        isOpen();
        assertThat(optional.orElseThrow().toList()).containsExactly("a");
        isOver();
    }

    @Test
    void anOptionalOfAFuture() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        assertThat(this.<Optional<Object>>call("optional", Optional.of(future))).containsSame(future);
        isOpen();
        future.complete("done");
        isOver();
    }

    @Test
    void anOptionalOfAPlainValueIsOne() throws Exception {
        Optional<String> plain = Optional.of("text");
        assertThat(this.<Object>call("optional", plain)).isSameAs(plain);
        assertThat(this.<Object>call("optional", Optional.empty())).isSameAs(Optional.empty());
        assertThat(woven.engine.visits)
                .allSatisfy(visit -> assertThat(visit.events).containsExactly("leave"));
    }

    @Test
    void aFutureThatIsDoneWithAStream() throws Exception {
        CompletableFuture<Stream<String>> future = call("future", CompletableFuture.completedFuture(Stream.of("a")));
        isOpen();
        assertThat(future.join().toList()).containsExactly("a");
        isOver();
    }

    @Test
    void aFutureThatIsDoneWithAFuture() throws Exception {
        CompletableFuture<String> inside = new CompletableFuture<>();
        CompletableFuture<?> outside = CompletableFuture.completedFuture(inside);
        assertThat(this.<Object>call("future", outside)).isSameAs(outside);
        isOpen();
        inside.complete("done");
        isOver();
    }

    @Test
    void aFutureThatIsDoneLaterWithAFutureThoughNobodyHoldsTheFirst() throws Exception {
        CompletableFuture<String> inside = new CompletableFuture<>();
        CompletableFuture<Object> outside = new CompletableFuture<>();
        call("future", outside);
        outside.complete(inside);
        outside = null;
        methods.getClass().getField("next").set(methods, "");
        System.gc();
        isOpen();
        inside.complete("done");
        isOver();
    }

    /** Its consumer may have the stream already. */
    @Test
    void aFutureThatIsDoneLaterWithAStreamIsSaidOnce() throws Exception {
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Object> future = new CompletableFuture<>();
            Stream<String> stream = Stream.of("a");
            assertThat(this.<Object>call("future", future)).isSameAs(future);
            future.complete(stream);
            assertThat(future.join()).isSameAs(stream);
        }
        assertThat(woven.engine.visits)
                .allSatisfy(visit -> assertThat(visit.events).containsExactly("hold", "leave", "released"));
        assertThat(woven.said()).singleElement().asString().contains("Streams#future(String)", "detach()");
    }

    @Test
    void aFutureWhoseSignatureTellsOfAStreamGivesOneThatIsFollowed() throws Exception {
        CompletableFuture<Object> future = new CompletableFuture<>();
        CompletableFuture<Stream<String>> returned = call("futureStream", future);
        isOpen();
        future.complete(Stream.of("a"));
        Stream<String> stream = returned.join();
        isOpen();
        assertThat(stream.toList()).containsExactly("a");
        isOver();
    }

    @Test
    void suchAFutureIsCompletedAndCancelledAsTheMethodsOwn() throws Exception {
        CompletableFuture<Object> completed = new CompletableFuture<>();
        CompletableFuture<Stream<String>> returned = call("futureStream", completed);
        assertThat(returned.complete(Stream.of("mine"))).isTrue();
        assertThat(completed).isCompleted();
        assertThat(returned.join().toList()).containsExactly("mine");
        CompletableFuture<Object> cancelled = new CompletableFuture<>();
        assertThat(this.<CompletableFuture<?>>call("futureStream", cancelled).cancel(true))
                .isTrue();
        assertThat(cancelled).isCancelled();
        CompletableFuture<Object> failed = new CompletableFuture<>();
        CompletableFuture<?> failing = call("futureStream", failed);
        IllegalStateException failure = new IllegalStateException("its own");
        failed.completeExceptionally(failure);
        assertThatThrownBy(failing::get).hasCause(failure);
        assertThat(woven.engine.visits)
                .allSatisfy(visit -> assertThat(visit.events).containsExactly("hold", "leave", "released"));
    }

    @Test
    void suchAFutureIsCompletedByAnAbort() throws Exception {
        CompletableFuture<Object> future = new CompletableFuture<>();
        CompletableFuture<?> returned = call("futureStream", future);
        abort();
        assertThat(future).isCompletedExceptionally();
        assertThat(returned).isCompletedExceptionally();
        isOver();
    }

    @Test
    void aResponseWithABodyThatIsRead() throws Exception {
        HttpResponse<InputStream> response = call("response", get(BodyHandlers.ofInputStream()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-length")).contains("3");
        isOpen();
        assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("a\nb");
        isOver();
    }

    @Test
    void aResponseWithLines() throws Exception {
        HttpResponse<Stream<String>> response = call("response", get(BodyHandlers.ofLines()));
        assertThat(response.body()).as("always the same").isSameAs(response.body());
        assertThat(response.body().toList()).containsExactly("a", "b");
        isOver();
    }

    @Test
    void aResponseThatIsAborted() throws Exception {
        HttpResponse<InputStream> response = call("response", get(BodyHandlers.ofInputStream()));
        abort();
        assertThatThrownBy(() -> response.body().read())
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(ChatAbortedException.class);
        isOver();
    }

    @Test
    void aResponseThatIsWholeIsAPlainValue() throws Exception {
        HttpResponse<String> response = get(BodyHandlers.ofString());
        assertThat(this.<Object>call("response", response)).isSameAs(response);
        assertThat(woven.engine.only().events).containsExactly("leave");
    }

    private <T> HttpResponse<T> get(BodyHandler<T> handler) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), handler);
    }
}
