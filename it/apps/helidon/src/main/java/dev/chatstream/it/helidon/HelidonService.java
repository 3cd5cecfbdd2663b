package dev.chatstream.it.helidon;

import dev.chatstream.ChatStream;
import dev.chatstream.it.place.Conversations;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole service; the argument is its port. */
public final class HelidonService {

    private HelidonService() {}

    public static void main(String[] arguments) {
        HelidonService service = new HelidonService();
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .routing(routing -> routing.get("/{what}/{chat}", service::handle))
                .build()
                .start();
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

    private void handle(ServerRequest request, ServerResponse response) throws Exception {
        String what = request.path().pathParameters().get("what");
        String chatId = request.path().pathParameters().get("chat");
        response.send(Conversations.reply(what, chatId, this::answer, this::ruled, this::taken));
    }
}
