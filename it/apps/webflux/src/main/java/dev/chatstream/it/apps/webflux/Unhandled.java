package dev.chatstream.it.apps.webflux;

import dev.chatstream.ChatStream;
import dev.chatstream.OnBusy;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Knows nothing of the API's exceptions. */
@RestController
class Unhandled {

    @GetMapping("/unhandled/{chat}")
    @ChatStream(chatId = "#chat", onBusy = OnBusy.REJECT)
    Mono<String> unhandled(@PathVariable("chat") String chat) {
        return Mono.just("answered " + chat);
    }
}
