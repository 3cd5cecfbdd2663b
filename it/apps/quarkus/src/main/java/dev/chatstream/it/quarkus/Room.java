package dev.chatstream.it.quarkus;

import dev.chatstream.ChatStream;
import dev.chatstream.it.place.Conversations;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;

/** Where the answers are made; what is injected of it is a proxy. */
@ApplicationScoped
public class Room {

    @ChatStream(chatId = "#chatId")
    public String answer(String chatId) {
        return Conversations.hold(chatId);
    }

    public String ruled(String chatId) {
        return Conversations.hold(chatId);
    }

    @ChatStream(chatId = "#chatId")
    public Multi<String> streamed(String chatId) {
        return Multi.createFrom().item(chatId).map(Conversations::hold);
    }
}
