package dev.chatstream.agent.instrument.subjects;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.OnBusy;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A chat service as one writes it. */
public class Chat {

    @ChatStream(chatId = "#chat", streamId = "#stream", onBusy = OnBusy.REJECT)
    public Object answer(String chat, String stream, Callable<?> body) throws Exception {
        return body.call();
    }

    @ChatStream(chatId = "#chat", streamId = "#stream", onBusy = OnBusy.REJECT)
    public CompletableFuture<String> later(String chat, String stream, CompletableFuture<String> answer) {
        return answer;
    }

    /** What the code inside sees. */
    public static String current() {
        return ChatStreams.current()
                .map(stream -> stream.chatId() + "/" + stream.streamId())
                .orElse("none");
    }

    public static AutoCloseable detach() {
        return ChatStreams.current().map(ActiveStream::detach).orElseThrow();
    }

    public static boolean isActive() {
        return ChatStreams.isAgentActive();
    }

    public static void stop(String stream) {
        ChatStreams.abort(stream);
    }

    public static String owner(String chat) {
        return ChatStreams.owner(chat).orElse("nobody");
    }
}
