package dev.chatstream.it.apps.langchain4j;

import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** What {@code AiServices} implements at run time. */
interface Assistant {

    /** Shapes 17 and 26. */
    @ChatStream
    @UserMessage("{{prompt}}")
    TokenStream talk(@ChatId @V("chatId") String chatId, @V("prompt") String prompt);

    /** Shapes 26 and 27. */
    @ChatStream
    @UserMessage("{{prompt}}")
    String say(@ChatId @V("chatId") String chatId, @V("prompt") String prompt);
}
