package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;
import dev.chatstream.OnStop;
import dev.langchain4j.service.TokenStream;

/** A method that returns a stream of LangChain4j's. */
public class TokenStreamMethods {

    /** What the test gives. */
    public TokenStream next;

    @ChatStream(chatId = "#chat")
    public TokenStream ask(String chat) {
        return next;
    }

    @ChatStream(chatId = "#chat", onStop = OnStop.COMPLETE)
    public TokenStream completing(String chat) {
        return next;
    }
}
