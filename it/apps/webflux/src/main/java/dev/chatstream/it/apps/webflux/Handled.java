package dev.chatstream.it.apps.webflux;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatStream;
import dev.chatstream.it.apps.Desk;
import dev.chatstream.it.apps.Source;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Handles that it is stopped. */
@RestController
class Handled {

    /** What nothing else answers. */
    private static final int TEAPOT = 418;

    @GetMapping("/handled/{chat}")
    @ChatStream(chatId = "#chat")
    Mono<String> handled(@PathVariable("chat") String chat) {
        return Mono.<String>never().doOnSubscribe(subscription -> Desk.say("entered", chat, Source.stream()));
    }

    @ExceptionHandler
    ResponseEntity<String> aborted(ChatAbortedException aborted) {
        return ResponseEntity.status(TEAPOT).body("aborted " + aborted.reason());
    }
}
