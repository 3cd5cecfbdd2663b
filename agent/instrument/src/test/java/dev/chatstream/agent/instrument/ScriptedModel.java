package dev.chatstream.agent.instrument;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.ArrayList;
import java.util.List;

/** A model of LangChain4j's that sends what a test tells it to, as the library's own models do. */
final class ScriptedModel implements StreamingChatModel {

    /** Cancelled once, whoever asks. */
    static final class Handle implements StreamingHandle {
        private volatile boolean cancelled;

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    final List<StreamingChatResponseHandler> calls = new ArrayList<>();
    Handle handle = new Handle();
    int sent;

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        calls.add(handler);
    }

    private StreamingChatResponseHandler handler() {
        return calls.get(calls.size() - 1);
    }

    /** Nothing once it is cancelled. */
    void send(String token) {
        if (!handle.isCancelled()) {
            sent++;
            InternalStreamingChatResponseHandlerUtils.onPartialResponse(handler(), token, handle);
        }
    }

    @SuppressWarnings("removal")
    void sendWithoutHandle(String token) {
        InternalStreamingChatResponseHandlerUtils.onPartialResponse(handler(), token);
    }

    void complete(String text) {
        complete(AiMessage.from(text));
    }

    void complete(AiMessage message) {
        InternalStreamingChatResponseHandlerUtils.onCompleteResponse(
                handler(), ChatResponse.builder().aiMessage(message).build());
    }

    void fail(Throwable error) {
        InternalStreamingChatResponseHandlerUtils.withLoggingExceptions(
                () -> handler().onError(error));
    }
}
