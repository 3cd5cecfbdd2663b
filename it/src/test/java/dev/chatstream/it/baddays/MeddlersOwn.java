package dev.chatstream.it.baddays;

import dev.chatstream.ChatStream;

/** What {@link Meddling} loads. */
final class MeddlersOwn {

    private MeddlersOwn() {}

    @ChatStream(chatId = "#p0")
    static String ask(String chat) {
        return chat;
    }
}
