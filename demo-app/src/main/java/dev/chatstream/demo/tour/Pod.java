package dev.chatstream.demo.tour;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One pod of the chat service, as its users see it. */
final class Pod {
    static final String ANN = "ann";
    static final String BOB = "bob";

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long ASK_EVERY_NANOS = Duration.ofMillis(50).toNanos();
    private static final Pattern READY = Pattern.compile("is ready on (http://\\S+) (with|without) ChatStream");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final String name;
    private final Child child;
    private final URI address;
    private final boolean guarded;

    private Pod(String name, Child child, URI address, boolean guarded) {
        this.name = name;
        this.child = child;
        this.address = address;
        this.guarded = guarded;
    }

    /** Waits until the pod says that it is ready, and where. */
    static Pod awaitReady(String name, Child child) {
        String line =
                child.lines().await("'is ready on'", seen -> READY.matcher(seen).find(), START);
        Matcher ready = READY.matcher(line);
        if (!ready.find()) {
            throw new TourException("not understood: " + line);
        }
        return new Pod(name, child, URI.create(ready.group(1)), ready.group(2).equals("with"));
    }

    /** The service itself says that the agent is at work. */
    boolean isGuarded() {
        return guarded;
    }

    String name() {
        return name;
    }

    URI address() {
        return address;
    }

    Seen<String> log() {
        return child.lines();
    }

    long pid() {
        return child.pid();
    }

    void kill() {
        child.kill();
    }

    /** Ann sends a message. Returns at once. */
    Answer send(String chat, String text) {
        Answer answer = new Answer(name + ", chat " + chat);
        HttpRequest request = request(chat + "/messages", ANN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
                .build();
        Thread.ofVirtual().start(() -> exchange(request, answer));
        return answer;
    }

    private static void exchange(HttpRequest request, Answer answer) {
        try {
            HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() == 200) {
                    Sse.read(body, answer::add);
                    answer.over();
                } else {
                    answer.refused(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            answer.broken(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody presses Stop. */
    HttpResponse<String> stop(String chat, String user) {
        return call(request(chat + "/stop", user).POST(BodyPublishers.noBody()).build());
    }

    /** The chat, as Ann sees it. */
    String show(String chat) {
        return call(request(chat, ANN).GET().build()).body();
    }

    /** How many words its model has sent so far, in all chats, heard or not: what is paid for. */
    long sentByModel() {
        return Long.parseLong(Json.value(
                call(HttpRequest.newBuilder(address.resolve("/model"))
                                .timeout(PATIENCE)
                                .build())
                        .body(),
                "words"));
    }

    /** Asks until the chat shows that value. */
    void awaitShown(String chat, String field, String value, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!Json.value(show(chat), field).equals(value)) {
            if (System.nanoTime() > deadline) {
                throw new TourException("waited " + atMost.toMillis() + " ms for " + name + " to show " + field + " "
                        + value + " in " + show(chat));
            }
            LockSupport.parkNanos(ASK_EVERY_NANOS);
        }
    }

    private HttpResponse<String> call(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new TourException(name + " does not answer " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TourException("interrupted");
        }
    }

    private HttpRequest.Builder request(String path, String user) {
        return HttpRequest.newBuilder(address.resolve("/chats/" + path))
                .timeout(PATIENCE)
                .header("X-User", user);
    }

    @Override
    public String toString() {
        return name;
    }
}
