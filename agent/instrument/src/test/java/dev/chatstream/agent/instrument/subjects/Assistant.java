package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** An interface whose implementation is made at run time. */
public interface Assistant {

    @ChatStream(chatId = "#p0")
    String ask(@MemoryId String chat, @UserMessage String message);

    @ChatStream
    TokenStream stream(@ChatId @MemoryId String chat, @UserMessage String message);

    /** Not guarded. */
    String hello(@UserMessage String message);

    /** What a proxy of somebody's own may return. */
    interface Other {
        @ChatStream
        Stream<String> stream(@ChatId String chat) throws IOException;

        @ChatStream(chatId = "#p0")
        CompletableFuture<String> future(String chat);

        @ChatStream(chatId = "#p0")
        int count(String chat, long from, double to);

        @ChatStream(chatId = "#p0")
        default String asDefault(String chat) {
            return "default " + chat;
        }
    }
}
