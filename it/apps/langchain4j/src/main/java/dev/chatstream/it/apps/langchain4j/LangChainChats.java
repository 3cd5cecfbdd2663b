package dev.chatstream.it.apps.langchain4j;

import dev.chatstream.ChatStream;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Chats;
import dev.chatstream.it.apps.Desk;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.io.IOException;

/** Calls its model by LangChain4j over the JDK's HTTP client; the argument is the model's address. */
public final class LangChainChats implements Chats {

    private final StreamingChatModel streaming;
    private final ChatModel blocking;
    private final Assistant assistant;

    private LangChainChats(String model) {
        streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(model)
                .apiKey("none")
                .modelName("m")
                .build();
        blocking = OpenAiChatModel.builder()
                .baseUrl(model)
                .apiKey("none")
                .modelName("m")
                .maxRetries(0)
                .build();
        assistant = AiServices.builder(Assistant.class)
                .streamingChatModel(streaming)
                .chatModel(blocking)
                .build();
    }

    public static void main(String[] arguments) throws IOException {
        Desk.serve(new LangChainChats(arguments[0]));
    }

    @Override
    public String answer(String method, Call call) throws Exception {
        return switch (method) {
            case "assistant" -> hearAll(assistant.talk(call.getChatId(), call.getPrompt()), call);
            case "tokens" -> hearAll(tokens(call), call);
            case "handler" -> byHandler(call);
            case "saying" -> count(assistant.say(call.getChatId(), call.getPrompt()));
            case "blocking" -> blocking(call);
            default -> throw new IllegalArgumentException(method);
        };
    }

    /** Shape 17, from a method of one's own. */
    @ChatStream(chatId = "#call.chatId")
    TokenStream tokens(Call call) {
        return AiServices.create(Plain.class, streaming).talk(call.getPrompt());
    }

    /** As {@link Assistant}, with no annotation. */
    interface Plain {
        TokenStream talk(String prompt);
    }

    /** Shape 18. */
    @ChatStream(chatId = "#call.chatId")
    void begin(Call call, StreamingChatResponseHandler handler) {
        streaming.chat(call.getPrompt(), handler);
    }

    /** Shape 27. */
    @ChatStream(chatId = "#call.chatId")
    String blocking(Call call) {
        return count(blocking.chat(call.getPrompt()));
    }

    private static String hearAll(TokenStream tokens, Call call) throws Exception {
        tokens.onPartialResponse(call::hear)
                .onCompleteResponse(all -> call.done())
                .onError(call::failed)
                .start();
        return call.awaitEnd();
    }

    private String byHandler(Call call) throws Exception {
        begin(call, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String token) {
                call.hear(token);
            }

            @Override
            public void onCompleteResponse(ChatResponse all) {
                call.done();
            }

            @Override
            public void onError(Throwable failure) {
                call.failed(failure);
            }
        });
        return call.awaitEnd();
    }

    private static String count(String text) {
        return text.split(" ").length + " tokens";
    }
}
