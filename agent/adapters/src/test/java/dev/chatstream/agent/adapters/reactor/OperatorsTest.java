package dev.chatstream.agent.adapters.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Scannable;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

@DisplayName("A guarded Flux or Mono, whatever it is made of and goes into,")
class OperatorsTest {

    private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

    private final Guarding guarding = Guarding.asConfigured();

    @AfterEach
    void close() {
        guarding.close();
    }

    private Flux<Integer> guarded(Supplier<? extends Flux<Integer>> method) {
        return guarding.call(Flux.class, method);
    }

    /** Sources of the numbers from 0 to 9 that Reactor has short cuts for. */
    enum Source {
        RANGE(() -> Flux.range(0, 10)),
        FUSED(() -> Flux.range(-5, 10).map(number -> number + 5)),
        FUSED_CONDITIONAL(() -> Flux.range(0, 20).filter(number -> number < 10)),
        ITERABLE(() -> Flux.fromIterable(TEN)),
        ASYNC_FUSED(() -> Flux.range(0, 10).publishOn(Schedulers.parallel())),
        CONNECTABLE(() -> {
            ConnectableFlux<Integer> connectable = Flux.range(0, 10).publish();
            return connectable.refCount();
        }),
        REPLAYED(() -> Flux.range(0, 10).replay().autoConnect()),
        CACHED(() -> Flux.range(0, 10).cache()),
        SCALARS(() -> Flux.just(0).concatWith(Flux.range(1, 9))),
        SUBSCRIBED_ELSEWHERE(() -> Flux.range(0, 10).subscribeOn(Schedulers.boundedElastic()));

        final Supplier<Flux<Integer>> made;

        Source(Supplier<Flux<Integer>> made) {
            this.made = made;
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasItsElementsInTheirOrder(Source source) throws Exception {
        List<Function<Flux<Integer>, Flux<Integer>>> downstream = List.of(
                flux -> flux,
                flux -> flux.map(number -> number).filter(number -> true),
                flux -> flux.publishOn(Schedulers.parallel()),
                flux -> flux.publishOn(Schedulers.parallel(), 2),
                flux -> flux.concatMap(Mono::just),
                flux -> flux.limitRate(3),
                flux -> flux.publish().refCount(),
                flux -> Flux.just(1).flatMap(one -> flux),
                flux -> Flux.just(1).hide().concatMap(one -> flux),
                flux -> flux.onBackpressureBuffer(),
                flux -> flux.doFinally(signal -> {}).timeout(Duration.ofSeconds(30)));
        for (Function<Flux<Integer>, Flux<Integer>> operators : downstream) {
            assertThat(operators.apply(guarded(source.made)).collectList().block(Duration.ofSeconds(30)))
                    .isEqualTo(TEN);
            guarding.becomesFree();
        }
        assertThat(guarding.said()).isEmpty();
    }

    @Test
    void mayBeAScalarThatIsFlattened() throws Exception {
        assertThat(Flux.just(1)
                        .concatMap(number -> guarding.<Mono<Integer>>call(Mono.class, () -> Mono.just(number)))
                        .collectList()
                        .block())
                .containsExactly(1);
        guarding.becomesFree();
        assertThat(Flux.just(1)
                        .flatMap(number -> guarded(() -> Flux.just(number)))
                        .collectList()
                        .block())
                .containsExactly(1);
        guarding.becomesFree();
        assertThat(Flux.just(1)
                        .flatMap(number -> guarded(Flux::empty))
                        .collectList()
                        .block())
                .isEmpty();
        guarding.becomesFree();
    }

    @Test
    void mayBeFollowedByOneOfTheSameChatInsideOfItsLastSignal() throws Exception {
        Flux<Integer> oneAfterTheOther = Flux.just(1, 2, 3)
                .concatMap(number -> guarding.<Mono<Integer>>call(Mono.class, () -> Mono.just(number)));
        assertThat(oneAfterTheOther.collectList().block()).containsExactly(1, 2, 3);
        guarding.becomesFree();
        Mono<Integer> both = guarding.<Mono<Integer>>call(Mono.class, () -> Mono.just(1))
                .flatMap(number -> guarding.<Mono<Integer>>call(Mono.class, () -> Mono.just(number + 1)));
        assertThat(both.block()).isEqualTo(2);
        guarding.becomesFree();
        Flux<Integer> fallback = guarded(() -> Flux.error(new IllegalStateException("the model broke")))
                .onErrorResume(failure -> guarded(() -> Flux.range(0, 10)));
        assertThat(fallback.collectList().block()).isEqualTo(TEN);
        guarding.becomesFree();
        assertThat(guarding.said()).isEmpty();
    }

    @Test
    void ofAConnectableFluxIsOneSubscriber() throws Exception {
        ConnectableFlux<Integer> shared = Flux.range(0, 10).publish();
        CompletableFuture<List<Integer>> result =
                guarded(() -> shared).collectList().toFuture();
        guarding.isHeld();
        shared.connect();
        assertThat(Await.of(result)).isEqualTo(TEN);
        guarding.becomesFree();
    }

    /** Reactor makes a unicast sink a Queue; LangChain4j's AI services return one. */
    @Test
    void isFollowedToItsEndThoughItIsACollectionToo() throws Exception {
        Sinks.Many<Integer> model = Sinks.many().unicast().onBackpressureBuffer();
        assertThat((Object) model.asFlux()).isInstanceOf(Collection.class);
        CompletableFuture<List<Integer>> result =
                guarded(model::asFlux).collectList().toFuture();
        guarding.isHeld();
        TEN.forEach(number -> model.emitNext(number, Sinks.EmitFailureHandler.FAIL_FAST));
        model.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
        assertThat(Await.of(result)).isEqualTo(TEN);
        guarding.becomesFree();
    }

    @Test
    void declaredAsConnectableIsReturnedAsItIs() throws Exception {
        ConnectableFlux<Integer> shared = Flux.range(0, 10).publish();
        assertThat(guarding.<Object>call(ConnectableFlux.class, () -> shared)).isSameAs(shared);
        guarding.becomesFree();
    }

    @Test
    void isSeenThroughByToolsThatScan() throws Exception {
        List<Scannable> chain = new CopyOnWriteArrayList<>();
        guarded(() -> Flux.range(0, 10).map(number -> number)).subscribe(new reactor.core.publisher.BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                Scannable.from(subscription).parents().forEach(chain::add);
                cancel();
            }
        });
        guarding.becomesFree();
        assertThat(chain).extracting(Scannable::stepName).contains("map");
    }

    /** It goes on though it was cancelled. */
    private static final class Stubborn implements Publisher<String>, Subscription {
        private Subscriber<? super String> consumer;
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private boolean completesWhenCancelled;

        @Override
        public void subscribe(Subscriber<? super String> subscriber) {
            consumer = subscriber;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long elements) {}

        @Override
        public void cancel() {
            cancelled.countDown();
            if (completesWhenCancelled) {
                consumer.onComplete();
            }
        }
    }

    @Test
    void endsAsAbortedThoughItsSourceCompletesWhenItIsCancelled() throws Exception {
        Stubborn source = new Stubborn();
        source.completesWhenCancelled = true;
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        guarding.<Flux<String>>call(Flux.class, () -> Flux.from(source))
                .subscribe(element -> {}, end::complete, () -> end.complete(new AssertionError("half an answer")));
        guarding.stop();
        assertThat(Await.of(end)).isInstanceOf(Guarding.Aborted.class);
        guarding.becomesFree();
    }

    @Test
    void discardsAnElementThatComesAfterAStop() throws Exception {
        Stubborn source = new Stubborn();
        List<Object> discarded = new CopyOnWriteArrayList<>();
        List<Object> heard = new CopyOnWriteArrayList<>();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        guarding.<Flux<String>>call(Flux.class, () -> Flux.from(source))
                .doOnDiscard(Object.class, discarded::add)
                .subscribe(heard::add, end::complete);
        source.consumer.onNext("in time");
        guarding.stop();
        Await.latch(source.cancelled);
        assertThat(Await.of(end)).isInstanceOf(Guarding.Aborted.class);
        source.consumer.onNext("late");
        source.consumer.onComplete();
        assertThat(heard).containsExactly("in time");
        assertThat(discarded).containsExactly("late");
        guarding.becomesFree();
    }
}
