package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** A method of each kind. */
public class Methods {

    @ChatStream(chatId = "#chat")
    public String plain(String chat) {
        return "plain " + chat;
    }

    @ChatStream
    String annotatedParameter(int before, @ChatId String chat) {
        return before + chat;
    }

    @ChatStream(chatId = "#chat")
    public static String ofClass(String chat) {
        return "static " + chat;
    }

    @ChatStream(chatId = "#chat")
    private String hidden(String chat) {
        return "private " + chat;
    }

    @ChatStream(chatId = "#chat")
    private static String hiddenOfClass(String chat) {
        return "private static " + chat;
    }

    @ChatStream(chatId = "#chat")
    public final String last(String chat) {
        return "final " + chat;
    }

    @ChatStream(chatId = "#chat")
    public synchronized String locked(String chat) {
        return "synchronized " + chat;
    }

    @ChatStream(chatId = "#chat")
    public <T extends Comparable<T>> T generic(T value, String chat) {
        return value;
    }

    @ChatStream(chatId = "#chat")
    public String overloaded(String chat) {
        return "one";
    }

    @ChatStream(chatId = "'second ' + #chat")
    public String overloaded(String chat, int number) {
        return "two";
    }

    @ChatStream(chatId = "#chat")
    public void throwing(String chat) throws IOException {
        throw new IOException("its own");
    }

    @ChatStream(chatId = "#chat + #a + #b + #c + #d + #e + #f + #g + #h")
    public long primitives(long a, String chat, double b, int c, boolean d, byte e, char f, short g, float h) {
        return a + c;
    }

    @ChatStream(chatId = "#chat")
    public double decimal(long before, double value, String chat) {
        return value;
    }

    @ChatStream(chatId = "#chat")
    public boolean truth(String chat) {
        return true;
    }

    @ChatStream(chatId = "#chat")
    public int[] array(String chat, int... numbers) {
        return numbers;
    }

    @ChatStream(chatId = "#chat")
    public List<String> lambdas(String chat) {
        Supplier<String> supplier = () -> chat.toUpperCase(Locale.ROOT);
        return List.of(supplier.get());
    }

    @ChatStream(chatId = "#chat")
    public String reassigning(String chat) {
        chat = chat + "!";
        for (int i = 0; i < 2; i++) {
            try {
                chat += i;
            } finally {
                chat += ".";
            }
        }
        return chat;
    }

    public String unguarded(String chat) {
        return chat;
    }

    /** An inner class: its methods have no hidden parameter, its constructor has. */
    public class Inner {
        @ChatStream(chatId = "#chat")
        public String inner(long before, String chat) {
            return "inner " + plain(chat);
        }
    }

    /** A nested class. */
    public static class Nested {
        @ChatStream(chatId = "#p0")
        public String nested(String chat) {
            return "nested " + chat;
        }
    }
}
