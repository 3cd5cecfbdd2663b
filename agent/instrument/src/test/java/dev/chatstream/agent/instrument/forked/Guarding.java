package dev.chatstream.agent.instrument.forked;

import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;

/** An application with a guarded method. */
public final class Guarding {

    private Guarding() {}

    public static void main(String[] arguments) {
        System.out.println("active: " + ChatStreams.isAgentActive());
        System.out.println(ask("c"));
    }

    @ChatStream(chatId = "#p0")
    private static String ask(String chat) {
        return "asked " + chat;
    }
}
