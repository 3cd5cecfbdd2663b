package dev.chatstream.it.places;

import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Ports;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A running application of a place, spoken to over HTTP. */
final class Service {

    /** Only a hang takes so long. */
    private static final Duration HANG = Duration.ofSeconds(120);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Pod pod;
    private final String address;

    private Service(Pod pod, String address) {
        this.pod = pod;
        this.address = address;
    }

    /** Starts it on a free port and waits until it answers. */
    static Service start(Stage stage, IntFunction<PodPlan> onPort) {
        return start(stage, "", onPort);
    }

    /** The same for an application under a path of its server. */
    static Service start(Stage stage, String path, IntFunction<PodPlan> onPort) {
        int port = Ports.free();
        Pod pod = stage.launch(onPort.apply(port));
        Service service = new Service(pod, "http://127.0.0.1:" + port + path);
        service.up();
        return service;
    }

    /** The same process, at another of its applications. */
    Service at(String path) {
        return new Service(pod, URI.create(address).resolve(path).toString());
    }

    /** Waits until it answers. */
    Service up() {
        Eventually.until("it answers", () -> {
            if (!pod.process().isAlive()) {
                throw new AssertionError("it has ended: " + pod);
            }
            return isUp();
        });
        return this;
    }

    private boolean isUp() throws InterruptedException {
        try {
            return send("agent/-").body().startsWith("agent ");
        } catch (IOException notYet) {
            return false;
        }
    }

    Pod pod() {
        return pod;
    }

    /** Has the chat answered; the answer comes when it is over. */
    CompletableFuture<String> ask(String chatId) {
        return answer("ask/" + chatId);
    }

    /** The same by the method for which there is a rule. */
    CompletableFuture<String> askByRule(String chatId) {
        return answer("rule/" + chatId);
    }

    /** The same by the method whose answer runs only when it is taken. */
    CompletableFuture<String> askForStream(String chatId) {
        return answer("stream/" + chatId);
    }

    private CompletableFuture<String> answer(String what) {
        return asked(what).thenApply(HttpResponse::body);
    }

    /** Status and body, once they are there. */
    CompletableFuture<HttpResponse<String>> asked(String what) {
        return CLIENT.sendAsync(request(what), BodyHandlers.ofString()).orTimeout(HANG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits until the guarded method runs; what it sees of its stream. */
    Told entered(String chatId) {
        return Told.of(get("state/" + chatId));
    }

    String get(String what) {
        return answered(what).body();
    }

    /** Status and body. */
    HttpResponse<String> answered(String what) {
        try {
            return send(what);
        } catch (IOException failure) {
            throw new UncheckedIOException(what + " of " + pod, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private HttpResponse<String> send(String what) throws IOException, InterruptedException {
        return CLIENT.send(request(what), BodyHandlers.ofString());
    }

    private HttpRequest request(String what) {
        return HttpRequest.newBuilder(URI.create(address + "/" + what))
                .timeout(HANG)
                .build();
    }

    /** Ends it as an orchestrator does. */
    void end() {
        pod.terminate();
        pod.awaitEnd();
    }
}
