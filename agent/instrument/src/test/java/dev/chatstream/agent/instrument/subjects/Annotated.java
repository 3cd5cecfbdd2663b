package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;
import dev.chatstream.OnBusy;
import dev.chatstream.OnLost;
import dev.chatstream.OnStop;

/** Every element, and what is given at a call. */
public class Annotated {

    /** A request whose getter fails. */
    public static class Failing {
        public String getId() {
            throw new IllegalStateException("no\nid");
        }
    }

    @ChatStream(
            chatId = "#chat",
            streamId = "#stream",
            requestId = "'r-' + #request",
            onBusy = OnBusy.SUPERSEDE,
            acquireTimeout = "200ms",
            onLost = OnLost.CONTINUE,
            onStop = OnStop.COMPLETE,
            interruptible = false)
    public String all(String chat, Object stream, int request) {
        return "ran";
    }

    @ChatStream(chatId = "#chat")
    public String defaults(Object chat) {
        return "ran";
    }

    @ChatStream(chatId = "#chat.id")
    public String failing(Failing chat) {
        return "ran";
    }
}
