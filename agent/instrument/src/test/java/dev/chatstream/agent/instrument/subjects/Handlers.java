package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ChatStream;
import dev.chatstream.OnStop;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.IOException;

/** Methods that are given callbacks. */
public class Handlers {

    /** What the test gives; null: nobody is asked. */
    public StreamingChatModel model;

    /** What the body got. */
    public Object got;

    @ChatStream(chatId = "#chat")
    public void ask(String chat, StreamingChatResponseHandler handler) {
        got = handler;
        if (model != null) {
            model.chat("hello", handler);
        }
    }

    @ChatStream(chatId = "#chat", onStop = OnStop.COMPLETE)
    public void completing(String chat, StreamingChatResponseHandler handler) {
        ask(chat, handler);
    }

    @ChatStream(chatId = "#chat")
    public String answered(long one, String chat, StreamingChatResponseHandler handler, double two, int[] three) {
        model.chat("hello", handler);
        return one + chat + two + three.length + (handler == null);
    }

    @ChatStream(chatId = "#chat")
    public static int counted(byte one, boolean two, String chat, Own<String> handler, float three, char four) {
        handler.onPartialResponse("counted");
        handler.onCompleteResponse(null);
        return one + (two ? 1 : 0) + (int) three + four;
    }

    @ChatStream(chatId = "#chat")
    public void reassigning(String chat, StreamingChatResponseHandler handler) {
        StreamingChatResponseHandler first = handler;
        for (int i = 0; i < 2; i++) {
            handler = i == 0 ? null : first;
            chat += i;
        }
        handler.onPartialResponse(chat);
        handler.onCompleteResponse(null);
    }

    @ChatStream(chatId = "#chat")
    public void throwing(String chat, StreamingChatResponseHandler handler) throws IOException {
        got = handler;
        throw new IOException("its own");
    }

    /** An interface that is one, and generic. */
    public interface Own<T> extends StreamingChatResponseHandler {}

    /** What nothing can stand for. */
    public static class Named implements StreamingChatResponseHandler {
        @Override
        public void onCompleteResponse(ChatResponse response) {}

        @Override
        public void onError(Throwable error) {}
    }

    /** An interface whose implementation is made at run time. */
    public interface Service {
        @ChatStream(chatId = "#p0")
        void ask(String chat, StreamingChatResponseHandler handler);
    }

    /** A method whose declared type nothing else can stand for. */
    public static class Narrow {
        public Object got;

        @ChatStream(chatId = "#chat")
        public void narrow(String chat, Named handler) {
            got = handler;
        }
    }
}
