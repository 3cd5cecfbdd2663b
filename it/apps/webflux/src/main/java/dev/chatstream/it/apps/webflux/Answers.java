package dev.chatstream.it.apps.webflux;

import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatStream;
import dev.chatstream.it.apps.Desk;
import dev.chatstream.it.apps.Source;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The annotated controllers: each is guarded itself, but the last, which calls a guarded service. */
@RestController
class Answers {

    private final Service service = new Service();

    static Flux<String> flux(String call) {
        Source source = entered(call);
        return Flux.create(sink -> {
            Source.Run run = source.run();
            sink.onDispose(run::letGo);
            run.begin(new Source.Tap() {
                @Override
                public void next(String token) {
                    sink.next(token);
                }

                @Override
                public void fail(Throwable failure) {
                    sink.error(failure);
                }

                @Override
                public void done() {
                    sink.complete();
                }
            });
        });
    }

    private static Source entered(String call) {
        Desk.say("thread", call, Thread.currentThread().getName());
        Desk.say("entered", call, Source.stream());
        return Source.of(call);
    }

    @GetMapping("/sse/{chat}/{call}")
    @ChatStream(chatId = "#chat")
    Flux<ServerSentEvent<String>> sse(@PathVariable("chat") String chat, @PathVariable("call") String call) {
        return flux(call).map(token -> ServerSentEvent.builder(token).build());
    }

    @GetMapping(path = "/text/{chat}/{call}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @ChatStream(chatId = "#chat")
    Flux<String> text(@PathVariable("chat") String chat, @PathVariable("call") String call) {
        return flux(call);
    }

    @GetMapping("/mono/{chat}/{call}")
    @ChatStream(chatId = "#chat")
    Mono<String> mono(@PathVariable("chat") String chat, @PathVariable("call") String call) {
        return flux(call).next();
    }

    @GetMapping("/entity/{chat}/{call}")
    @ChatStream(chatId = "#chat")
    ResponseEntity<Flux<String>> entity(@PathVariable("chat") String chat, @PathVariable("call") String call) {
        return accepted(flux(call));
    }

    @GetMapping("/later/{chat}/{call}")
    @ChatStream(chatId = "#chat")
    Mono<ResponseEntity<Flux<String>>> later(@PathVariable("chat") String chat, @PathVariable("call") String call) {
        Flux<String> tokens = flux(call);
        return Mono.fromSupplier(() -> accepted(tokens));
    }

    private static ResponseEntity<Flux<String>> accepted(Flux<String> tokens) {
        return ResponseEntity.accepted()
                .header("X-Own", "kept")
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(tokens);
    }

    @GetMapping(path = "/service/{chat}/{call}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> service(@PathVariable("chat") String chat, @PathVariable("call") String call) {
        return service.answer(chat, call)
                .onErrorMap(
                        ChatBusyException.class,
                        busy -> new ResponseStatusException(HttpStatus.CONFLICT, "busy", busy));
    }

    @ExceptionHandler
    ResponseEntity<String> busy(ChatBusyException busy) {
        return ResponseEntity.status(HttpStatus.CONFLICT)
                .body("busy with " + busy.ownerStreamId().orElse("-"));
    }

    /** Knows nothing of the web. */
    static class Service {

        @ChatStream(chatId = "#chat")
        Flux<String> answer(String chat, String call) {
            return flux(call);
        }
    }
}
