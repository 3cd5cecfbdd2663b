package dev.chatstream.agent.adapters.publishers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.EventLoop;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.Fate;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import io.reactivex.rxjava3.core.Flowable;
import io.smallrye.mutiny.Multi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;

/** Kinds whose consumers ask for their elements. */
@ParameterizedClass
@EnumSource
@DisplayName("Of a returned publisher as much is asked as of its guard:")
class DemandTest {

    @SuppressWarnings("unchecked") // what is guarded keeps its type, which other tests show
    enum Asked {
        FLUX(Flux.class, source -> Flux.from(source), guarded -> (Flux<Integer>) guarded),
        REACTIVE_STREAMS(Publisher.class, source -> source, guarded -> (Publisher<Integer>) guarded),
        FLOW(
                Flow.Publisher.class,
                FlowAdapters::toFlowPublisher,
                guarded -> FlowAdapters.toPublisher((Flow.Publisher<Integer>) guarded)),
        FLOWABLE(Flowable.class, Flowable::fromPublisher, guarded -> (Flowable<Integer>) guarded),
        MULTI(
                Multi.class,
                source -> Multi.createFrom().publisher(FlowAdapters.toFlowPublisher(source)),
                guarded -> FlowAdapters.toPublisher((Multi<Integer>) guarded));

        final Class<?> declared;
        final Function<Publisher<Integer>, Object> made;
        final Function<Object, Publisher<Integer>> seen;

        Asked(Class<?> declared, Function<Publisher<Integer>, Object> made, Function<Object, ?> seen) {
            this.declared = declared;
            this.made = made;
            this.seen = guarded -> (Publisher<Integer>) seen.apply(guarded);
        }
    }

    /** Counts up, as far as it is asked; obeys no more rules than it has to. */
    private static final class Counting implements Publisher<Integer>, Subscription {
        final List<Long> requests = new CopyOnWriteArrayList<>();
        private Subscriber<? super Integer> subscriber;
        private int sent;

        @Override
        public void subscribe(Subscriber<? super Integer> consumer) {
            subscriber = consumer;
            consumer.onSubscribe(this);
        }

        @Override
        public void request(long elements) {
            requests.add(elements);
            for (long i = 0; i < Math.min(elements, 100); i++) {
                subscriber.onNext(sent++);
            }
        }

        @Override
        public void cancel() {}
    }

    /** Asks when it is told to, and for one more inside of its first elements. */
    private static final class Asking implements Subscriber<Integer> {
        final List<Integer> elements = new ArrayList<>();
        Subscription subscription;
        int asksInside;

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Integer element) {
            elements.add(element);
            if (asksInside-- > 0) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {}
    }

    private final Asked kind;
    private final Guarding guarding = Guarding.asConfigured();
    private final Counting source = new Counting();
    private final Asking consumer = new Asking();

    DemandTest(Asked kind) {
        this.kind = kind;
    }

    @AfterEach
    void close() {
        guarding.close();
    }

    private Publisher<Integer> returned() {
        return kind.seen.apply(guarding.call(kind.declared, () -> kind.made.apply(source)));
    }

    private void hasItsElements(int number) {
        assertThat(consumer.elements)
                .containsExactlyElementsOf(
                        java.util.stream.IntStream.range(0, number).boxed().toList());
    }

    @Test
    void nothingBeforeTheConsumerAsksAndThenThat() {
        returned().subscribe(consumer);
        assertThat(source.requests).isEmpty();
        consumer.subscription.request(1);
        consumer.subscription.request(3);
        consumer.subscription.request(2);
        assertThat(source.requests).containsExactly(1L, 3L, 2L);
        hasItsElements(6);
        consumer.subscription.request(Long.MAX_VALUE);
        assertThat(source.requests).endsWith(Long.MAX_VALUE);
        hasItsElements(106);
    }

    @Test
    void alsoInsideOfAnElementWhichMayBringTheNextOne() {
        Asking unguarded = new Asking();
        kind.seen.apply(kind.made.apply(new Counting())).subscribe(unguarded);
        returned().subscribe(consumer);
        for (Asking asking : List.of(unguarded, consumer)) {
            asking.asksInside = 50;
            asking.subscription.request(1);
        }
        assertThat(consumer.elements).isEqualTo(unguarded.elements); // some kinds do not let elements nest
    }

    @Test
    void andOnAnEventLoopTheSumOfWhatWasAskedBeforeItWasThere() throws Exception {
        isGreetedBeforeItsSource();
        consumer.subscription.request(2);
        consumer.subscription.request(3);
        assertThat(source.requests).isEmpty();
        comesNow();
        Await.until("its elements", () -> consumer.elements.size() == 5);
        consumer.subscription.request(1);
        assertThat(source.requests).containsExactly(5L, 1L);
        hasItsElements(6);
    }

    @Test
    void whichHasNoLimitWhereAllIsAskedForTwice() throws Exception {
        isGreetedBeforeItsSource();
        consumer.subscription.request(Long.MAX_VALUE);
        consumer.subscription.request(Long.MAX_VALUE);
        comesNow();
        Await.until("its elements", () -> consumer.elements.size() == 100);
        assertThat(source.requests).containsExactly(Long.MAX_VALUE);
    }

    @Test
    void andNothingWhereNothingWasAsked() throws Exception {
        isGreetedBeforeItsSource();
        comesNow();
        Await.until("the source is subscribed to", () -> source.subscriber != null);
        consumer.subscription.request(1);
        Await.until("its element", () -> consumer.elements.size() == 1);
        assertThat(source.requests).containsExactly(1L);
    }

    private void isGreetedBeforeItsSource() {
        guarding.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        EventLoop.call(this::returned).subscribe(consumer);
        assertThat(consumer.subscription).isNotNull();
    }

    private void comesNow() {
        guarding.store.held().remove().answer();
    }
}
