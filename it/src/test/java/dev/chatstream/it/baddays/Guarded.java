package dev.chatstream.it.baddays;

import dev.chatstream.ChatStream;

/** A class with a guarded method. */
public final class Guarded {

    private Guarded() {}

    @ChatStream(chatId = "#p0")
    public static String ask(String chat) {
        return Caller.answer(chat);
    }
}
