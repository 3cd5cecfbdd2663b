package dev.chatstream.it.beside;

import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.OnBusy;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The guarded methods of an application that is traced. */
final class Service {

    /** Whoever feeds a future has it: one that nobody has any more holds no chat. */
    private volatile @Nullable CompletableFuture<String> pending;

    @ChatStream(streamId = "#id")
    String answer(@ChatId String chat, String id, Callable<String> body) throws Exception {
        return body.call();
    }

    @ChatStream(streamId = "#id", acquireTimeout = "200ms")
    String soon(@ChatId String chat, String id) {
        return id;
    }

    @ChatStream(streamId = "#id", onBusy = OnBusy.REJECT)
    String atOnce(@ChatId String chat, String id) {
        return id;
    }

    @ChatStream(streamId = "#id")
    CompletableFuture<String> later(@ChatId String chat, String id) {
        pending = new CompletableFuture<>();
        return pending;
    }

    @ChatStream(streamId = "#id")
    Flux<String> tokens(@ChatId String chat, String id) {
        return Flux.never();
    }

    static String streamId() {
        return ChatStreams.current().map(stream -> stream.streamId()).orElse("none");
    }
}
