package dev.chatstream.it.mvc;

import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.OnBusy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The guarded methods: each shape once. */
class Chats {

    @ChatStream(chatId = "#p1")
    SseEmitter emitter(Talk talk, String chat, @Nullable Long timeout) {
        SseEmitter made = talk.through(timeout == null ? new SseEmitter() : new SseEmitter(timeout));
        talk.begin();
        return made;
    }

    @ChatStream(chatId = "#p1")
    ResponseEntity<ResponseBodyEmitter> entity(Talk talk, String chat, @Nullable Long timeout) {
        ResponseBodyEmitter made =
                talk.through(timeout == null ? new ResponseBodyEmitter() : new ResponseBodyEmitter(timeout));
        talk.begin();
        return ResponseEntity.accepted().header("X-Own", "kept").body(made);
    }

    /** Leaves at once; somebody else answers. */
    @ChatStream(chatId = "#p1")
    void handed(Talk talk, String chat, SseEmitter emitter) {
        talk.through(emitter);
        talk.begin();
    }

    /** Answers itself. */
    @ChatStream(chatId = "#p1")
    void given(Talk talk, String chat, SseEmitter emitter) throws Exception {
        talk.begin();
        talk.run(emitter::send);
        emitter.complete();
    }

    @ChatStream(chatId = "#p1")
    StreamingResponseBody body(Talk talk, String chat) {
        talk.begin();
        return out -> talk.run(word -> {
            out.write((word + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        });
    }

    @ChatStream(chatId = "#p1")
    ResponseEntity<StreamingResponseBody> entityBody(Talk talk, String chat) {
        return ResponseEntity.accepted()
                .header("X-Own", "kept")
                .header(HttpHeaders.CONTENT_TYPE, "text/plain")
                .body(body(talk, chat));
    }

    @ChatStream(chatId = "#p1")
    Callable<String> callable(Talk talk, String chat) {
        talk.begin();
        return () -> said(talk);
    }

    private static String said(Talk talk) throws Exception {
        StringBuilder all = new StringBuilder();
        talk.run(word -> all.append(word).append(' '));
        return all.toString();
    }

    @ChatStream(chatId = "#p1")
    WebAsyncTask<String> task(Talk talk, String chat, @Nullable Long timeout) {
        talk.begin();
        Callable<String> callable = () -> said(talk);
        return timeout == null ? new WebAsyncTask<>(callable) : new WebAsyncTask<>(timeout, callable);
    }

    @ChatStream(chatId = "#p1")
    DeferredResult<String> deferred(Talk talk, String chat, @Nullable Long timeout) {
        DeferredResult<String> made = talk.through(new DeferredResult<>(timeout));
        talk.begin();
        return made;
    }

    /** Leaves by the API's own exception when it is stopped, as the three below do. */
    @ChatStream(chatId = "#p1")
    String asking(Talk talk, String chat) throws Exception {
        talk.begin();
        return asked(talk);
    }

    private static String asked(Talk talk) throws Exception {
        try {
            return said(talk);
        } catch (IllegalStateException interrupted) {
            ChatStreams.current().orElseThrow().throwIfAborted();
            throw interrupted;
        }
    }

    @ChatStream(chatId = "#p1")
    Callable<String> askingCallable(Talk talk, String chat) {
        talk.begin();
        return () -> asked(talk);
    }

    @ChatStream(chatId = "#p1")
    StreamingResponseBody askingBody(Talk talk, String chat) {
        StreamingResponseBody body = body(talk, chat);
        return out -> {
            try {
                body.writeTo(out);
            } catch (IllegalStateException interrupted) {
                ChatStreams.current().orElseThrow().throwIfAborted();
                throw interrupted;
            }
        };
    }

    @ChatStream(chatId = "#p1")
    CompletableFuture<String> future(Talk talk, String chat) {
        talk.begin();
        return new CompletableFuture<>();
    }

    @ChatStream(chatId = "#p0", onBusy = OnBusy.REJECT)
    String atOnce(String chat) {
        return "answered " + chat;
    }
}
