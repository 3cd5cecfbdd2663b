package dev.chatstream.it.apps.webflux;

import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The functional handler: what it returns is complete before its body is written. */
@Configuration(proxyBeanMethods = false)
class Functions {

    @Bean
    RouterFunction<ServerResponse> routes() {
        Handler handler = new Handler();
        return RouterFunctions.route()
                .GET("/function/{chat}/{call}", handler::answer)
                .onError(
                        ChatBusyException.class,
                        (busy, request) -> ServerResponse.status(HttpStatus.CONFLICT)
                                .bodyValue("busy with " + busy.ownerStreamId().orElse("-")))
                .build();
    }

    static class Handler {

        Mono<ServerResponse> answer(ServerRequest request) {
            return answer(request, request.pathVariable("chat"));
        }

        /** No expression finds a path variable in the request itself, which has no getters. */
        @ChatStream
        Mono<ServerResponse> answer(ServerRequest request, @ChatId String chat) {
            return ServerResponse.accepted()
                    .header("X-Own", "kept")
                    .contentType(MediaType.TEXT_EVENT_STREAM)
                    .body(Answers.flux(request.pathVariable("call")), String.class);
        }
    }
}
