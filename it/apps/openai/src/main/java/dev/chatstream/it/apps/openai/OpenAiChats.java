package dev.chatstream.it.apps.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.chatstream.ChatStream;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Chats;
import dev.chatstream.it.apps.Desk;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** Calls its model by openai-java over OkHttp; the argument is the model's address. */
@SuppressWarnings("MustBeClosedChecker") // whoever reads the answer closes it
public final class OpenAiChats implements Chats {

    private final OpenAIClient client;

    private OpenAiChats(String model) {
        client = OpenAIOkHttpClient.builder()
                .baseUrl(model)
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    public static void main(String[] arguments) throws IOException {
        Desk.serve(new OpenAiChats(arguments[0]));
    }

    @Override
    public String answer(String method, Call call) throws Exception {
        return switch (method) {
            case "response" -> readAll(response(call), call);
            case "stream" -> readAll(stream(call), call);
            case "closingStream" -> readAll(closingStream(call), call);
            case "async" -> async(call);
            case "blocking" -> blocking(call);
            case "reading" -> reading(call);
            default -> throw new IllegalArgumentException(method);
        };
    }

    /** Shape 15. */
    @ChatStream(chatId = "#call.chatId")
    StreamResponse<ChatCompletionChunk> response(Call call) {
        return client.chat().completions().createStreaming(question(call));
    }

    /** Shape 12, as it comes from the library: does closing it close the response? */
    @ChatStream(chatId = "#call.chatId")
    Stream<ChatCompletionChunk> stream(Call call) {
        return client.chat().completions().createStreaming(question(call)).stream();
    }

    /** Shape 12, whose end is the response's. */
    @ChatStream(chatId = "#call.chatId")
    Stream<ChatCompletionChunk> closingStream(Call call) {
        StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(question(call));
        return response.stream().onClose(response::close);
    }

    /** Shape 16. */
    @ChatStream(chatId = "#call.chatId")
    AsyncStreamResponse<ChatCompletionChunk> asyncResponse(Call call) {
        return client.async().chat().completions().createStreaming(question(call));
    }

    /** Shape 27: nothing before all of it. */
    @ChatStream(chatId = "#call.chatId")
    String blocking(Call call) {
        String text = client.chat()
                .completions()
                .create(question(call))
                .choices()
                .getFirst()
                .message()
                .content()
                .orElse("");
        return text.split(" ").length + " tokens";
    }

    /** Shape 27: a stream that is read before the method returns. */
    @ChatStream(chatId = "#call.chatId")
    String reading(Call call) {
        return readAll(client.chat().completions().createStreaming(question(call)), call);
    }

    private String async(Call call) throws Exception {
        asyncResponse(call).subscribe(new AsyncStreamResponse.Handler<>() {
            @Override
            public void onNext(ChatCompletionChunk chunk) {
                hear(chunk, call);
            }

            @Override
            public void onComplete(Optional<Throwable> failure) {
                failure.ifPresentOrElse(call::failed, call::done);
            }
        });
        return call.awaitEnd();
    }

    private static String readAll(StreamResponse<ChatCompletionChunk> response, Call call) {
        try (response) {
            response.stream().forEach(chunk -> hear(chunk, call));
        }
        return call.heard() + " tokens";
    }

    private static String readAll(Stream<ChatCompletionChunk> stream, Call call) {
        try (stream) {
            stream.forEach(chunk -> hear(chunk, call));
        }
        return call.heard() + " tokens";
    }

    private static void hear(ChatCompletionChunk chunk, Call call) {
        chunk.choices().getFirst().delta().content().ifPresent(call::hear);
    }

    private static ChatCompletionCreateParams question(Call call) {
        return ChatCompletionCreateParams.builder()
                .model("m")
                .addUserMessage(call.getPrompt())
                .build();
    }
}
