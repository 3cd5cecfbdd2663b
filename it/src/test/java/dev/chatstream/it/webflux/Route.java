package dev.chatstream.it.webflux;

import java.net.http.HttpClient.Version;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** What a handler returns, and the version of HTTP that it is asked by. */
record Route(Returned returned, Version version) {

    enum Returned {
        /** {@code Flux<ServerSentEvent<String>>}. */
        SSE,
        /** {@code Flux<String>}. */
        TEXT,
        /** {@code Mono<String>}. */
        MONO,
        /** {@code ResponseEntity<Flux<String>>}. */
        ENTITY,
        /** {@code Mono<ResponseEntity<Flux<String>>>}. */
        LATER,
        /** {@code Mono<ServerResponse>} of a functional handler. */
        FUNCTION,
        /** The {@code Flux<String>} of a service behind a controller that is not guarded. */
        SERVICE
    }

    static Stream<Route> all() {
        return Arrays.stream(Returned.values())
                .flatMap(returned ->
                        Stream.of(new Route(returned, Version.HTTP_1_1), new Route(returned, Version.HTTP_2)));
    }

    /** Whether the client sees each token as it comes. */
    boolean streams() {
        return returned != Returned.MONO;
    }

    int status() {
        return switch (returned) {
            case SSE, TEXT, MONO, SERVICE -> 200;
            case ENTITY, LATER, FUNCTION -> 202;
        };
    }

    String path() {
        return returned.name().toLowerCase(Locale.ROOT);
    }

    /** A name for the calls of a test. */
    String call(String event) {
        return path() + (version == Version.HTTP_2 ? "-2-" : "-1-") + event;
    }

    @Override
    public String toString() {
        return returned + " over " + version;
    }
}
