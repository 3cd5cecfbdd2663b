package dev.chatstream.it.apps.langchain4j;

import dev.chatstream.ChatStream;
import dev.chatstream.OnBusy;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Desk;
import dev.chatstream.it.apps.HttpSource;
import dev.chatstream.it.apps.Source;
import dev.chatstream.it.apps.ToldChats;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.io.IOException;

/** Returns LangChain4j's token streams, and is given its handlers, over HTTP from sources of its own. */
public final class TokenChats extends ToldChats {

    private final StreamingChatModel model;
    private final Assistant assistant;

    private TokenChats(String sources) {
        model = OpenAiStreamingChatModel.builder()
                .baseUrl(sources + "/v1")
                .apiKey("none")
                .modelName("m")
                .build();
        assistant = AiServices.create(Assistant.class, model);
    }

    public static void main(String[] arguments) throws IOException {
        Desk.serve(new TokenChats(HttpSource.start()));
    }

    @Override
    protected Object call(String method, Call call) {
        return switch (method) {
            case "assistant" -> assistant.talk(call.getChatId(), HttpSource.question(call));
            case "tokens" -> tokens(call);
            case "rejecting" -> rejecting(call);
            case "silentTokens" -> {
                TokenStream tokens = silentTokens(call);
                read(tokens, call);
                yield tokens;
            }
            case "plainTokens" -> talk(model, call);
            default -> given(method, new Hearing(call));
        };
    }

    private Object given(String method, Hearing handler) {
        switch (method) {
            case "handler" -> handler(handler.call, handler);
            case "silentHandler" -> silentHandler(handler.call, handler);
            case "plainHandler" -> model.chat(HttpSource.question(handler.call), handler);
            default -> throw new IllegalArgumentException(method);
        }
        return handler;
    }

    /** As {@link Assistant}, with no annotation. */
    interface Plain {
        TokenStream talk(String prompt);
    }

    private static TokenStream talk(StreamingChatModel model, Call call) {
        return AiServices.create(Plain.class, model).talk(HttpSource.question(call));
    }

    @ChatStream(chatId = "#call.chatId")
    TokenStream tokens(Call call) {
        Source unused = entered(call);
        return talk(model, call);
    }

    @ChatStream(chatId = "#call.chatId", onBusy = OnBusy.REJECT)
    TokenStream rejecting(Call call) {
        return talk(model, call);
    }

    @ChatStream(chatId = "#call.chatId")
    void handler(Call call, StreamingChatResponseHandler handler) {
        Source unused = entered(call);
        model.chat(HttpSource.question(call), handler);
    }

    /** Of a model that forgets whom it was to answer. */
    @ChatStream(chatId = "#call.chatId")
    TokenStream silentTokens(Call call) {
        Source unused = entered(call);
        return talk(new Silent(), call);
    }

    @ChatStream(chatId = "#call.chatId")
    void silentHandler(Call call, StreamingChatResponseHandler handler) {
        Source unused = entered(call);
        new Silent().chat(HttpSource.question(call), handler);
    }

    private static final class Silent implements StreamingChatModel {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            // says nothing
        }
    }

    @Override
    protected void read(Object value, Call call) {
        if (value instanceof TokenStream tokens) {
            Hearing hearing = new Hearing(call);
            tokens.onPartialResponseWithContext(hearing::onPartialResponse)
                    .onCompleteResponse(hearing::onCompleteResponse)
                    .onError(hearing::onError)
                    .start();
        }
    }

    @Override
    protected void consume(String how, Object value, Call call) {
        if (!how.equals("startAgain")) {
            throw new IllegalArgumentException(how);
        }
        ((TokenStream) value).start();
    }

    /** Whoever is told; by the last event it can be cancelled. */
    private static final class Hearing implements StreamingChatResponseHandler {
        final Call call;

        Hearing(Call call) {
            this.call = call;
        }

        @Override
        public void onPartialResponse(PartialResponse token, PartialResponseContext context) {
            call.cancelledBy(context.streamingHandle()::cancel);
            Desk.say("got", call.getName(), token.text());
            call.hear(token.text());
        }

        @Override
        public void onCompleteResponse(ChatResponse all) {
            call.done();
        }

        @Override
        public void onError(Throwable failure) {
            call.failed(failure);
        }
    }
}
