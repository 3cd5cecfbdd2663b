package dev.chatstream.it.mvc;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The service's web side. Its controllers set callbacks of their own on what the guarded methods return. */
@Configuration
@EnableWebMvc
@Import({Web.Streams.class, Web.Values.class, Web.Unhandled.class})
class Web {

    /** What is written bit by bit: an error after the first bit can only end the response. */
    @RestController
    static class Streams {

        private final Chats chats = new Chats();

        @GetMapping("/emitter")
        SseEmitter emitter(
                @RequestParam("call") String call,
                @RequestParam("chat") String chat,
                @RequestParam(name = "timeout", required = false) @Nullable Long timeout,
                @RequestParam(name = "callbackWaits", defaultValue = "false") boolean callbackWaits) {
            Talk talk = new Talk(call, callbackWaits);
            SseEmitter emitter = chats.emitter(talk, chat, timeout);
            talk.listen(emitter);
            return emitter;
        }

        @GetMapping("/entity")
        ResponseEntity<ResponseBodyEmitter> entity(
                @RequestParam("call") String call,
                @RequestParam("chat") String chat,
                @RequestParam(name = "timeout", required = false) @Nullable Long timeout,
                @RequestParam(name = "callbackWaits", defaultValue = "false") boolean callbackWaits) {
            Talk talk = new Talk(call, callbackWaits);
            ResponseEntity<ResponseBodyEmitter> entity = chats.entity(talk, chat, timeout);
            talk.listen(entity.getBody());
            return entity;
        }

        @GetMapping("/handed")
        SseEmitter handed(
                @RequestParam("call") String call,
                @RequestParam("chat") String chat,
                @RequestParam(name = "timeout", required = false) @Nullable Long timeout,
                @RequestParam(name = "callbackWaits", defaultValue = "false") boolean callbackWaits) {
            Talk talk = new Talk(call, callbackWaits);
            SseEmitter emitter = timeout == null ? new SseEmitter() : new SseEmitter(timeout);
            chats.handed(talk, chat, emitter);
            talk.listen(emitter);
            return emitter;
        }

        @GetMapping("/given")
        SseEmitter given(
                @RequestParam("call") String call,
                @RequestParam("chat") String chat,
                @RequestParam(name = "timeout", required = false) @Nullable Long timeout,
                @RequestParam(name = "callbackWaits", defaultValue = "false") boolean callbackWaits) {
            Talk talk = new Talk(call, callbackWaits);
            SseEmitter emitter = timeout == null ? new SseEmitter() : new SseEmitter(timeout);
            talk.listen(emitter);
            Thread.ofPlatform().start(() -> {
                try {
                    chats.given(talk, chat, emitter);
                    MvcApp.say("left", call, "normally");
                } catch (Throwable thrown) {
                    MvcApp.say("left", call, thrown);
                }
            });
            return emitter;
        }

        /** Is complete after its method, and before Spring MVC has it: then Spring calls no callback. */
        @GetMapping("/fast")
        SseEmitter fast(@RequestParam("call") String call, @RequestParam("chat") String chat) throws Exception {
            SseEmitter emitter = chats.emitter(new Talk(call, false), chat, null);
            emitter.send("all at once");
            emitter.complete();
            return emitter;
        }

        @GetMapping("/body")
        StreamingResponseBody body(@RequestParam("call") String call, @RequestParam("chat") String chat) {
            return chats.body(new Talk(call, false), chat);
        }

        @GetMapping("/entityBody")
        ResponseEntity<StreamingResponseBody> entityBody(
                @RequestParam("call") String call, @RequestParam("chat") String chat) {
            return chats.entityBody(new Talk(call, false), chat);
        }

        /** Calls a guarded method and does nothing with what it returns. */
        @GetMapping("/dropped")
        String dropped(
                @RequestParam("call") String call,
                @RequestParam("chat") String chat,
                @RequestParam("shape") String shape) {
            Talk talk = new Talk(call, false);
            Object unused = switch (shape) {
                case "emitter" -> chats.emitter(talk, chat, null);
                case "entity" -> chats.entity(talk, chat, null);
                case "deferred" -> chats.deferred(talk, chat, null);
                case "body" -> chats.body(talk, chat);
                case "entityBody" -> chats.entityBody(talk, chat);
                case "callable" -> chats.callable(talk, chat);
                case "task" -> chats.task(talk, chat, null);
                default -> throw new IllegalArgumentException(shape);
            };
            return "dropped";
        }

        @ExceptionHandler
        ResponseEntity<String> busy(ChatBusyException busy) {
            return ResponseEntity.status(409).body("busy");
        }
    }

    /** What is written at the end: an error can be told. */
    @RestController
    static class Values {

        private final Chats chats = new Chats();

        @GetMapping("/callable")
        Callable<String> callable(@RequestParam("call") String call, @RequestParam("chat") String chat) {
            return chats.callable(new Talk(call, false), chat);
        }

        @GetMapping("/task")
        WebAsyncTask<String> task(
                @RequestParam("call") String call,
                @RequestParam("chat") String chat,
                @RequestParam(name = "timeout", required = false) @Nullable Long timeout) {
            Talk talk = new Talk(call, false);
            if (timeout != null) {
                talk.failsAfterTheAnswer();
            }
            WebAsyncTask<String> task = chats.task(talk, chat, timeout);
            task.onTimeout(() -> {
                MvcApp.say("own", call, "timeout");
                return "late";
            });
            task.onCompletion(() -> {
                MvcApp.say("own", call, "completion");
                talk.answered();
            });
            return task;
        }

        @GetMapping("/deferred")
        DeferredResult<String> deferred(
                @RequestParam("call") String call,
                @RequestParam("chat") String chat,
                @RequestParam(name = "timeout", required = false) @Nullable Long timeout,
                @RequestParam(name = "callbackWaits", defaultValue = "false") boolean callbackWaits) {
            Talk talk = new Talk(call, callbackWaits);
            DeferredResult<String> result = chats.deferred(talk, chat, timeout);
            talk.listen(result);
            return result;
        }

        @GetMapping("/told")
        SseEmitter told(@RequestParam("call") String call, @RequestParam("chat") String chat) {
            return chats.emitter(new Talk(call, false), chat, null);
        }

        @ExceptionHandler
        ResponseEntity<String> aborted(ChatAbortedException aborted) {
            return ResponseEntity.status(503).body("aborted " + aborted.reason());
        }

        @ExceptionHandler
        ResponseEntity<String> own(IllegalStateException own) {
            return ResponseEntity.status(500).body("failed " + own.getMessage());
        }

        @ExceptionHandler
        ResponseEntity<String> busy(ChatBusyException busy) {
            return ResponseEntity.status(409).body("busy");
        }
    }

    /** Knows nothing of the API's exceptions. */
    @RestController
    static class Unhandled {

        private final Chats chats = new Chats();

        @GetMapping("/unhandled")
        String unhandled(@RequestParam("chat") String chat) {
            return chats.atOnce(chat);
        }

        @GetMapping("/asking")
        String asking(@RequestParam("call") String call, @RequestParam("chat") String chat) throws Exception {
            return chats.asking(new Talk(call, false), chat);
        }

        @GetMapping("/askingCallable")
        Callable<String> askingCallable(@RequestParam("call") String call, @RequestParam("chat") String chat) {
            return chats.askingCallable(new Talk(call, false), chat);
        }

        @GetMapping("/askingBody")
        StreamingResponseBody askingBody(@RequestParam("call") String call, @RequestParam("chat") String chat) {
            return chats.askingBody(new Talk(call, false), chat);
        }

        @GetMapping("/future")
        CompletableFuture<String> future(@RequestParam("call") String call, @RequestParam("chat") String chat) {
            return chats.future(new Talk(call, false), chat);
        }

        @GetMapping("/unhandledDeferred")
        DeferredResult<String> unhandledDeferred(@RequestParam("call") String call, @RequestParam("chat") String chat) {
            return chats.deferred(new Talk(call, false), chat, null);
        }
    }
}
