package dev.chatstream.agent.adapters.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.EventLoop;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.GuardedStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@DisplayName("Inside a guarded pipeline the stream")
class ContextTest {

    private final Guarding guarding = Guarding.asConfigured();
    private final List<Optional<GuardedStream>> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        Hooks.disableAutomaticContextPropagation();
        guarding.close();
    }

    private static Optional<GuardedStream> current() {
        return Optional.ofNullable(GuardedStream.current());
    }

    private <T> T look(T element) {
        seen.add(current());
        return element;
    }

    private void allSawIt(int times) {
        assertThat(seen).hasSize(times).containsOnly(Optional.of(guarding.stream()));
    }

    @Test
    void isInTheContextAndOutsideOfItIsNot() throws Exception {
        Flux<Object> flux = guarding.call(
                Flux.class,
                () -> Flux.deferContextual(
                        context -> Flux.just(context.get(GuardedStream.class), context.<String>get("mine"))));
        assertThat(flux.zipWith(Flux.deferContextual(context -> Flux.just(context.hasKey(GuardedStream.class), 1)))
                        .contextWrite(context -> context.put("mine", "here"))
                        .map(both -> both.getT1() + " " + both.getT2())
                        .collectList()
                        .block())
                .containsExactly(guarding.stream() + " false", "here 1");
        guarding.becomesFree();
        Mono<Object> mono = guarding.call(
                Mono.class, () -> Mono.deferContextual(context -> Mono.just(context.get(GuardedStream.class))));
        assertThat(mono.block()).isEqualTo(guarding.stream());
        guarding.becomesFree();
    }

    @Test
    void thatIsSubscribedToOnAnEventLoopIsInTheContextToo() throws Exception {
        Flux<Object> flux = EventLoop.call(() -> guarding.call(
                Flux.class, () -> Flux.deferContextual(context -> Flux.just(context.get(GuardedStream.class)))));
        assertThat(flux.blockFirst()).isEqualTo(guarding.stream());
        guarding.becomesFree();
    }

    @Nested
    @DisplayName("where automatic context propagation is on")
    class Propagated {

        private final Scheduler other = Schedulers.newParallel("other", 1);

        Propagated() {
            Hooks.enableAutomaticContextPropagation();
        }

        @AfterEach
        void nothingIsLeftOnAnyThread() throws Exception {
            Hooks.disableAutomaticContextPropagation();
            CompletableFuture<Optional<GuardedStream>> there = new CompletableFuture<>();
            other.schedule(() -> there.complete(current()));
            assertThat(Await.of(there)).isEmpty();
            assertThat(current()).isEmpty();
            other.dispose();
        }

        private Flux<Integer> pipeline() {
            return Flux.range(0, 2)
                    .map(ContextTest.this::look)
                    .filter(number -> look(true))
                    .publishOn(other)
                    .map(ContextTest.this::look)
                    .flatMap(number -> Mono.delay(Duration.ofMillis(1), other).map(tick -> look(number)))
                    .concatMap(number -> Mono.fromCallable(() -> look(number)).subscribeOn(other))
                    .doOnNext(ContextTest.this::look)
                    .doOnComplete(() -> look(true));
        }

        private static final int LOOKS = 13;

        @Test
        void isTheCurrentOneInItsOperatorsOnWhateverThread() throws Exception {
            Flux<Integer> flux = guarding.call(Flux.class, this::pipeline);
            assertThat(flux.collectList().block()).containsExactlyInAnyOrder(0, 1);
            allSawIt(LOOKS);
            guarding.becomesFree();
        }

        @Test
        void isItWhereTheLockIsTakenOnSubscriptionToo() throws Exception {
            Flux<Integer> flux = EventLoop.call(() -> guarding.call(Flux.class, this::pipeline));
            assertThat(flux.collectList().block()).containsExactlyInAnyOrder(0, 1);
            allSawIt(LOOKS);
            guarding.becomesFree();
        }

        @Test
        void isItInAMono() throws Exception {
            Mono<Integer> mono = guarding.call(
                    Mono.class,
                    () -> Mono.just(1)
                            .publishOn(other)
                            .map(ContextTest.this::look)
                            .flatMap(number ->
                                    Mono.fromCallable(() -> look(number)).subscribeOn(other)));
            assertThat(mono.block()).isEqualTo(1);
            allSawIt(2);
            guarding.becomesFree();
        }

        @Test
        void isNotItInWhatComesAfter() throws Exception {
            Flux<Integer> flux =
                    guarding.call(Flux.class, () -> Flux.range(0, 2).publishOn(other));
            flux.map(ContextTest.this::look).blockLast();
            assertThat(seen).containsOnly(Optional.empty());
            guarding.becomesFree();
        }

        @Test
        void isJoinedByACallForItsChat() throws Exception {
            Supplier<Flux<Integer>> method =
                    () -> Flux.range(0, 2).publishOn(other).map(number -> {
                        GuardedStream outer = guarding.stream();
                        guarding.call(String.class, () -> "a guarded call for the same chat");
                        assertThat(guarding.stream()).isSameAs(outer);
                        return number;
                    });
            assertThat(guarding.<Flux<Integer>>call(Flux.class, method)
                            .collectList()
                            .block())
                    .containsExactly(0, 1);
            guarding.becomesFree();
        }

        @Test
        void keepsTheMethodThatTheThreadIsInsideOf() throws Exception {
            String answer = guarding.call(String.class, () -> {
                Flux.just("a")
                        .contextWrite(context -> context.put("any", "thing"))
                        .map(ContextTest.this::look)
                        .blockLast();
                look("after");
                return "done";
            });
            assertThat(answer).isEqualTo("done");
            allSawIt(2);
            guarding.becomesFree();
        }
    }
}
