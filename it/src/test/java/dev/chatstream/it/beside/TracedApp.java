package dev.chatstream.it.beside;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatStreams;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * An HTTP server with a client beside it and a Lettuce of its own: what an agent that traces sees by itself. Uses nothing of
 * OpenTelemetry; {@link ManualSpans} does, where its API is there.
 */
public final class TracedApp {

    private final Service service = new Service();
    private final StatefulRedisConnection<String, String> redis;
    private final HttpServer server;

    private TracedApp(StatefulRedisConnection<String, String> redis) throws IOException {
        this.redis = redis;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/chat", this::chat);
        server.createContext("/busy", this::busy);
        server.start();
    }

    public static void main(String[] arguments) throws Exception {
        RedisClient client = RedisClient.create(arguments[0]);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            TracedApp app = new TracedApp(connection);
            while (ChatStreams.isAgentActive()
                    && !ChatStreams.owners(List.of("a")).verified()) {
                Thread.sleep(20); // until the agent has reached Redis; nothing signals that
            }
            app.run();
            if (ClassLoader.getSystemResource("io/opentelemetry/api/trace/Span.class") != null) {
                new ManualSpans(app.service, connection).run();
            }
            app.server.stop(0);
        }
        client.shutdown();
        System.exit(0); // the JDK's HTTP client leaves a thread
    }

    private void run() throws Exception {
        say("chat", get("/chat"));
        if (ChatStreams.isAgentActive()) {
            Holder holder = new Holder(service, "b");
            say("busy", get("/busy"));
            holder.end();
            say("free", get("/busy"));
        }
    }

    private String get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private void chat(HttpExchange exchange) throws IOException {
        try {
            String answer = service.answer("a", "one", () -> {
                redis.sync().set("said", "hello");
                String lock = redis.sync().get("copilot:chat-stream-lock:a");
                return redis.sync().get("said") + " from " + Service.streamId() + ", lock " + lock;
            });
            answer(exchange, 200, answer);
        } catch (Exception failure) {
            answer(exchange, 500, failure.toString());
        }
    }

    private void busy(HttpExchange exchange) throws IOException {
        try {
            answer(exchange, 200, service.atOnce("b", "two"));
        } catch (ChatBusyException busy) {
            answer(exchange, 409, busy.ownerStreamId().orElse("nobody"));
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, text.length());
            exchange.getResponseBody().write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    static void say(String what, Object details) {
        System.out.print("app: " + what + " " + details + "\n");
    }
}
