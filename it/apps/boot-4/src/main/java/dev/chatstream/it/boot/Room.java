package dev.chatstream.it.boot;

import dev.chatstream.ChatStream;
import dev.chatstream.it.place.Conversations;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;

/** Where the answers are made. */
@Service
public class Room {

    @ChatStream(chatId = "#chatId")
    public String answer(String chatId) {
        return Conversations.hold(chatId);
    }

    public String ruled(String chatId) {
        return Conversations.hold(chatId);
    }

    @ChatStream(chatId = "#chatId")
    public Flux<String> streamed(String chatId) {
        return Flux.just(chatId).map(Conversations::hold);
    }
}
