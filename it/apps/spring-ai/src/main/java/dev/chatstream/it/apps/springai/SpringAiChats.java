package dev.chatstream.it.apps.springai;

import dev.chatstream.ChatStream;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Chats;
import dev.chatstream.it.apps.Desk;
import java.io.IOException;
import java.util.stream.Stream;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import reactor.core.publisher.Flux;

/** Calls its model by Spring AI, which calls it by openai-java over OkHttp; the argument is the model's address. */
public final class SpringAiChats implements Chats {

    private final ChatModel model;
    private final ChatClient client;

    private SpringAiChats(String address) {
        model = OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .baseUrl(address)
                        .apiKey("none")
                        .model("m")
                        .maxRetries(0)
                        .build())
                .build();
        client = ChatClient.create(model);
    }

    public static void main(String[] arguments) throws IOException {
        Desk.serve(new SpringAiChats(arguments[0]));
    }

    @Override
    public String answer(String method, Call call) throws Exception {
        return switch (method) {
            case "client" -> hearAll(client(call), call);
            case "model" -> hearAll(responses(call).mapNotNull(SpringAiChats::text), call);
            case "streamOfClient" -> readAll(streamOfClient(call), call);
            case "blocking" -> blocking(call);
            case "collecting" -> collecting(call);
            default -> throw new IllegalArgumentException(method);
        };
    }

    /** Shapes 1 and 25. */
    @ChatStream(chatId = "#call.chatId")
    Flux<String> client(Call call) {
        return client.prompt(call.getPrompt()).stream().content();
    }

    /** Shapes 1 and 25. */
    @ChatStream(chatId = "#call.chatId")
    Flux<ChatResponse> responses(Call call) {
        return model.stream(new Prompt(call.getPrompt()));
    }

    /** Shape 12. */
    @ChatStream(chatId = "#call.chatId")
    Stream<String> streamOfClient(Call call) {
        return client.prompt(call.getPrompt()).stream().content().toStream();
    }

    /** Shape 27: nothing before all of it. */
    @ChatStream(chatId = "#call.chatId")
    String blocking(Call call) {
        String text = client.prompt(call.getPrompt()).call().content();
        return String.valueOf(text).split(" ").length + " tokens";
    }

    /** Shape 27: a Flux that is waited for before the method returns. */
    @ChatStream(chatId = "#call.chatId")
    String collecting(Call call) {
        client.prompt(call.getPrompt()).stream().content().doOnNext(call::hear).blockLast();
        return call.heard() + " tokens";
    }

    private static String hearAll(Flux<String> tokens, Call call) throws Exception {
        tokens.subscribe(call::hear, call::failed, call::done);
        return call.awaitEnd();
    }

    private static String readAll(Stream<String> tokens, Call call) {
        try (tokens) {
            tokens.forEach(call::hear);
        }
        return call.heard() + " tokens";
    }

    private static String text(ChatResponse response) {
        return response.getResult() == null
                ? ""
                : String.valueOf(response.getResult().getOutput().getText());
    }
}
