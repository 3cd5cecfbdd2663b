package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;

/** An interface whose methods with a body are guarded. */
public interface Interface {

    @ChatStream(chatId = "#chat")
    default String asDefault(String chat) {
        return "default " + chat;
    }

    @ChatStream(chatId = "#chat")
    static String ofInterface(String chat) {
        return "static " + chat;
    }

    default String viaPrivate(String chat) {
        return hidden(chat);
    }

    @ChatStream(chatId = "#chat")
    private String hidden(String chat) {
        return "private " + chat;
    }

    /** Inherits all. */
    class Implementation implements Interface {}
}
