package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;

/** An enum with a guarded method; one constant overrides it. */
public enum Model {
    SMALL {
        @Override
        public String ask(String chat) {
            return "small " + chat;
        }
    },
    LARGE;

    @ChatStream(chatId = "#p0")
    public String ask(String chat) {
        return name() + " " + chat;
    }
}
