package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;
import java.util.function.Function;

/** The compiler makes a bridge here, and copies the annotation to it. */
public class Bridged implements Function<String, String> {

    @Override
    @ChatStream(chatId = "#chat")
    public String apply(String chat) {
        return "bridged " + chat;
    }
}
