package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;

/** What has no body to guard. */
public abstract class Refused {

    @ChatStream(chatId = "#p0")
    public native void nativeOne(String chat);

    @ChatStream(chatId = "#p0")
    public abstract void abstractOne(String chat);
}
