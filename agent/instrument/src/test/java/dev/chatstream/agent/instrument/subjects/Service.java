package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;

/** An annotated interface. */
public interface Service<T> {

    @ChatStream(chatId = "#p0")
    String ask(String chat);

    @ChatStream(requestId = "'generic'")
    String generic(T value, @ChatId String chat);

    String unguarded(String chat);

    /** Says a name that its own class file does not hold: those who implement it may. */
    interface Naming {
        @ChatStream(chatId = "#chat")
        String named(String chat);
    }
}
