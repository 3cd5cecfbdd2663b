package dev.chatstream.it.app;

import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does the same at every run and prints what is the same at every run, with an agent or without. */
public final class Script {

    private Script() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("begin \u00e9 \ud83d\ude80");
        for (String chat : List.of("one", "two", "", "one")) {
            System.out.println(
                    text(chat) + " " + number(chat, 1L, 2.5) + " " + later(chat).get());
        }
        try {
            fails("one");
        } catch (IllegalStateException own) {
            System.out.println("own " + own.getMessage());
        }
        System.out.write(new byte[] {0, 1, (byte) 0xff, '\n'});
        System.out.flush();
    }

    @ChatStream(chatId = "#chat")
    static String text(String chat) {
        return "text of " + chat;
    }

    @ChatStream
    static double number(@ChatId String chat, long one, double two) {
        return chat.length() + one * two;
    }

    @ChatStream(chatId = "#p0")
    static CompletableFuture<String> later(String chat) {
        return CompletableFuture.completedFuture("later " + chat);
    }

    @ChatStream(chatId = "#chat")
    static synchronized void fails(String chat) {
        throw new IllegalStateException("failure of " + chat);
    }
}
