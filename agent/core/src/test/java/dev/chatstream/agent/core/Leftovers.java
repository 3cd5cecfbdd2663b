package dev.chatstream.agent.core;

/** What an engine still knows of chats that nobody should be in any more. */
public final class Leftovers {

    private Leftovers() {}

    /** Whether no stream is open or waits, and nobody has to do with the chat. */
    public static boolean none(StreamGuard guard, String chatId) {
        return guard.engine().registry().isEmpty() && guard.engine().places().find(chatId) == null;
    }
}
