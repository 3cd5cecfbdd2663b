package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import java.util.Map;

/** What people write that cannot work, and what may. */
public class Mistakes {

    /** A request. */
    public record Message(String chatId, Author author) {}

    /** Others may extend it. */
    public static class Author {
        public String getName() {
            return "name";
        }
    }

    /** Does so. */
    public static class Named extends Author {
        public String getNick() {
            return "nick";
        }
    }

    @ChatStream(chatId = "#nobody")
    public String noParameter(String chat) {
        return chat;
    }

    @ChatStream(chatId = "#message.chat")
    public String noProperty(Message message) {
        return "ran";
    }

    @ChatStream(chatId = "#message.author.nick")
    public String maybe(Message message) {
        return "ran";
    }

    @ChatStream(chatId = "#message.author.name.bytez")
    public String noPropertyDeeper(Message message) {
        return "ran";
    }

    @ChatStream(chatId = "#number.value")
    public String ofPrimitive(int number) {
        return "ran";
    }

    @ChatStream(chatId = "#map.anything.deeper['key']")
    public String ofMap(Map<String, ?> map) {
        return "ran";
    }

    @ChatStream(chatId = "#object.anything")
    public String ofObject(Object object) {
        return "ran";
    }

    @ChatStream(chatId = "#message.chatId", streamId = "#message.author['key']", requestId = "#message.chatId['x']")
    public String keys(Message message) {
        return "ran";
    }

    @ChatStream
    public String noChatId(String chat) {
        return "ran";
    }

    @ChatStream
    public String twoChatIds(@ChatId String one, @ChatId String two) {
        return "ran";
    }

    @ChatStream(chatId = "#chat", acquireTimeout = "soon")
    public String wrongTime(String chat) {
        return "ran";
    }

    /** No debug table tells the names of its parameters. */
    public interface ByName {
        @ChatStream(chatId = "#chat")
        String ask(String chat);
    }
}
