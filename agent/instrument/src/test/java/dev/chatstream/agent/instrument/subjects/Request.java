package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;

/** A record with a guarded method. */
public record Request(String prefix, int number) {

    @ChatStream(chatId = "#chat")
    public String ask(String chat) {
        return prefix + " " + chat;
    }
}
