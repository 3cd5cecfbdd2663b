package dev.chatstream.it.place;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chatstream.ChatStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service on nothing but the JDK; the argument is its port. */
public final class PlainService {

    private PlainService() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newCachedThreadPool());
        PlainService service = new PlainService();
        server.createContext("/", service::handle);
        server.start();
        System.out.println("ready");
    }

    @ChatStream(chatId = "#chatId")
    String answer(String chatId) {
        return Conversations.hold(chatId);
    }

    String ruled(String chatId) {
        return Conversations.hold(chatId);
    }

    @ChatStream(chatId = "#chatId")
    Stream<String> streamed(String chatId) {
        return Stream.of(chatId).map(Conversations::hold);
    }

    private String taken(String chatId) {
        try (Stream<String> answer = streamed(chatId)) {
            return answer.collect(Collectors.joining());
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", 3);
        try (exchange) {
            byte[] reply = reply(path[1], path[2]).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    private String reply(String what, String chatId) {
        try {
            return Conversations.reply(what, chatId, this::answer, this::ruled, this::taken);
        } catch (Exception failure) {
            return "threw " + failure;
        }
    }
}
