package dev.chatstream.it.bench;

import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import io.reactivex.rxjava3.core.Flowable;
import io.smallrye.mutiny.Multi;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;

/** One element of a guarded publisher, beside the same publisher unguarded; under the shipped jar, without a Redis. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-javaagent:../agent/dist/target/chatstream-agent.jar=log-level=error")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ElementBenchmark.ELEMENTS)
public class ElementBenchmark {

    static final int ELEMENTS = 1_000_000;

    /** What is measured. */
    public enum Source {
        FLUX_RANGE(() -> Flux.range(0, ELEMENTS)),
        FLUX_MAPPED(() -> Flux.range(0, ELEMENTS).map(number -> number)),
        FLUX_NOT_FUSED(() -> Flux.range(0, ELEMENTS).hide().map(number -> number)),
        FLOWABLE_RANGE(() -> Flowable.range(0, ELEMENTS)),
        MULTI_RANGE(() -> Multi.createFrom().range(0, ELEMENTS));

        private final Supplier<Object> made;

        Source(Supplier<Object> made) {
            this.made = made;
        }
    }

    @Param
    Source source;

    private int chats;

    @Setup
    public void isGuarded() {
        if (!ChatStreams.isAgentActive()) {
            throw new IllegalStateException("the agent is not there");
        }
    }

    @ChatStream
    static Flux<Integer> guarded(@ChatId String chat, Flux<Integer> publisher) {
        return publisher;
    }

    @ChatStream
    static Flowable<Integer> guarded(@ChatId String chat, Flowable<Integer> publisher) {
        return publisher;
    }

    @ChatStream
    static Multi<Integer> guarded(@ChatId String chat, Multi<Integer> publisher) {
        return publisher;
    }

    @Benchmark
    public void plain(Blackhole hole) {
        subscribe(source.made.get(), hole);
    }

    @Benchmark
    @SuppressWarnings("unchecked")
    public void guarded(Blackhole hole) {
        String chat = "chat-" + chats++;
        Object publisher = source.made.get();
        subscribe(
                switch (publisher) {
                    case Flux<?> flux -> guarded(chat, (Flux<Integer>) flux);
                    case Flowable<?> flowable -> guarded(chat, (Flowable<Integer>) flowable);
                    default -> guarded(chat, (Multi<Integer>) publisher);
                },
                hole);
    }

    @SuppressWarnings("unchecked")
    private static void subscribe(Object publisher, Blackhole hole) {
        Publisher<Integer> asked = publisher instanceof Multi<?> multi
                ? FlowAdapters.toPublisher((Multi<Integer>) multi)
                : (Publisher<Integer>) publisher;
        Consumer consumer = new Consumer(hole);
        asked.subscribe(consumer);
        if (consumer.heard != ELEMENTS) {
            throw new IllegalStateException(consumer.heard + " elements");
        }
    }

    private static final class Consumer implements Subscriber<Integer> {
        private final Blackhole hole;
        private int heard;

        Consumer(Blackhole hole) {
            this.hole = hole;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Integer element) {
            heard++;
            hole.consume(element);
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException(failure);
        }

        @Override
        public void onComplete() {}
    }
}
