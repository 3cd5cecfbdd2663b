package dev.chatstream.agent.adapters.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

@DisplayName("Hooks of the application's own see a guarded Flux and Mono:")
class HooksTest {

    private static final String KEY = "test";

    private final Guarding guarding = Guarding.asConfigured();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        Hooks.resetOnOperatorDebug();
        Hooks.resetOnEachOperator(KEY);
        Hooks.resetOnLastOperator(KEY);
        guarding.close();
    }

    private Flux<Integer> flux() {
        return guarding.call(Flux.class, () -> Flux.range(0, 3));
    }

    private Mono<Integer> mono() {
        return guarding.call(Mono.class, () -> Mono.just(0));
    }

    private void areWhole() throws Exception {
        assertThat(flux().map(number -> number).collectList().block()).containsExactly(0, 1, 2);
        guarding.becomesFree();
        assertThat(mono().map(number -> number).block()).isZero();
        guarding.becomesFree();
    }

    @Test
    void onOperatorDebugWhichShowsWhereItWasAssembled() throws Exception {
        Hooks.onOperatorDebug();
        areWhole();
        Flux<Integer> failing = guarding.call(
                Flux.class,
                () -> Flux.<Integer>error(() -> new IllegalStateException("the model broke"))
                        .map(number -> number));
        Throwable failure = catchThrowable(failing::blockLast);
        assertThat(failure).hasMessage("the model broke");
        assertThat(Stream.of(failure.getSuppressed()).map(Throwable::getMessage))
                .anySatisfy(trace -> assertThat(trace).contains("Assembly trace", "HooksTest"));
        guarding.becomesFree();
        isStoppedUnderIt();
    }

    private void isStoppedUnderIt() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        guarding.<Flux<Integer>>call(Flux.class, Flux::never).subscribe(number -> {}, end::complete);
        guarding.stop();
        assertThat(Await.of(end)).isInstanceOf(Guarding.Aborted.class);
        guarding.becomesFree();
    }

    @Test
    void onEachOperator() throws Exception {
        Hooks.onEachOperator(KEY, publisher -> {
            seen.add(publisher.getClass().getName());
            return publisher;
        });
        areWhole();
        assertThat(seen).contains(GuardedFlux.class.getName(), GuardedMono.class.getName());
    }

    @Test
    void onEachOperatorWhichLiftsIt() throws Exception {
        Hooks.onEachOperator(KEY, Operators.<Object, Object>lift(this::lifted));
        areWhole();
        assertThat(seen).contains(GuardedFlux.class.getName(), GuardedMono.class.getName());
        isStoppedUnderIt();
    }

    private CoreSubscriber<? super Object> lifted(Scannable publisher, CoreSubscriber<? super Object> subscriber) {
        seen.add(publisher.getClass().getName());
        return subscriber;
    }

    @Test
    void onLastOperator() throws Exception {
        Hooks.onLastOperator(KEY, publisher -> {
            seen.add(publisher.getClass().getName());
            return publisher;
        });
        CompletableFuture<Integer> last = new CompletableFuture<>();
        Publisher<Integer> guarded = flux();
        Flux.from(guarded).subscribe(number -> {}, last::completeExceptionally, () -> last.complete(0));
        Await.of(last);
        assertThat(seen).contains(GuardedFlux.class.getName());
        guarding.becomesFree();
    }
}
