package dev.chatstream.it.apps.openai;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.chatstream.ChatStream;
import dev.chatstream.OnBusy;
import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Desk;
import dev.chatstream.it.apps.HttpSource;
import dev.chatstream.it.apps.Source;
import dev.chatstream.it.apps.ToldChats;
import java.io.IOException;

/** Returns the responses of openai-java and of anthropic-java, each over OkHttp from sources of its own. */
@SuppressWarnings("MustBeClosedChecker") // whoever reads the answer closes it
public final class ResponseChats extends ToldChats {

    private final OpenAIClient openAi;
    private final AnthropicClient anthropic;

    private ResponseChats(String sources) {
        openAi = OpenAIOkHttpClient.builder()
                .baseUrl(sources + "/v1")
                .apiKey("none")
                .maxRetries(0)
                .build();
        anthropic = AnthropicOkHttpClient.builder()
                .baseUrl(sources)
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    public static void main(String[] arguments) throws IOException {
        Desk.serve(new ResponseChats(HttpSource.start()));
    }

    @Override
    protected Object call(String method, Call call) {
        return switch (method) {
            case "response" -> response(call);
            case "asyncResponse" -> asyncResponse(call);
            case "message" -> message(call);
            case "asyncMessage" -> asyncMessage(call);
            case "rejecting" -> rejecting(call);
            case "plainResponse" -> openAi.chat().completions().createStreaming(completion(call));
            case "plainAsyncResponse" -> openAi.async().chat().completions().createStreaming(completion(call));
            case "plainMessage" -> anthropic.messages().createStreaming(question(call));
            case "plainAsyncMessage" -> anthropic.async().messages().createStreaming(question(call));
            default -> throw new IllegalArgumentException(method);
        };
    }

    @ChatStream(chatId = "#call.chatId")
    StreamResponse<ChatCompletionChunk> response(Call call) {
        Source unused = entered(call);
        return openAi.chat().completions().createStreaming(completion(call));
    }

    @ChatStream(chatId = "#call.chatId")
    AsyncStreamResponse<ChatCompletionChunk> asyncResponse(Call call) {
        Source unused = entered(call);
        return openAi.async().chat().completions().createStreaming(completion(call));
    }

    @ChatStream(chatId = "#call.chatId")
    com.anthropic.core.http.StreamResponse<RawMessageStreamEvent> message(Call call) {
        Source unused = entered(call);
        return anthropic.messages().createStreaming(question(call));
    }

    @ChatStream(chatId = "#call.chatId")
    com.anthropic.core.http.AsyncStreamResponse<RawMessageStreamEvent> asyncMessage(Call call) {
        Source unused = entered(call);
        return anthropic.async().messages().createStreaming(question(call));
    }

    @ChatStream(chatId = "#call.chatId", onBusy = OnBusy.REJECT)
    StreamResponse<ChatCompletionChunk> rejecting(Call call) {
        return openAi.chat().completions().createStreaming(completion(call));
    }

    @Override
    protected void read(Object value, Call call) throws Exception {
        Hearing.all(value, call);
    }

    @Override
    protected void consume(String how, Object value, Call call) throws Exception {
        switch (how) {
            case "first" -> Hearing.first(value, call);
            case "close" -> {
                Hearing.close(value);
                call.cancel();
            }
            default -> throw new IllegalArgumentException(how);
        }
    }

    private static ChatCompletionCreateParams completion(Call call) {
        return ChatCompletionCreateParams.builder()
                .model("m")
                .addUserMessage(HttpSource.question(call))
                .build();
    }

    private static MessageCreateParams question(Call call) {
        return MessageCreateParams.builder()
                .model("m")
                .maxTokens(100)
                .addUserMessage(HttpSource.question(call))
                .build();
    }
}
