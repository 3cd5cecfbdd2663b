package dev.chatstream.agent.adapters.tck;

import io.reactivex.rxjava3.core.Flowable;
import io.smallrye.mutiny.Multi;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The kinds of publishers that promise to obey the rules of Reactive Streams. */
enum Wrapped {
    FLUX(new Row<Flux<Long>>(Flux.class, Flux::fromIterable, Flux::error, flux -> flux)),

    MONO(new Row<Mono<Long>>(Mono.class, elements -> Flux.fromIterable(elements).next(), Mono::error, mono -> mono)),

    FLOWABLE(new Row<Flowable<Long>>(Flowable.class, Flowable::fromIterable, Flowable::error, flowable -> flowable)),

    REACTIVE_STREAMS(new Row<Publisher<Long>>(
            Publisher.class,
            elements -> Flux.fromIterable(elements)::subscribe,
            failure -> Flux.<Long>error(failure)::subscribe,
            publisher -> publisher)),

    FLOW(new Row<Flow.Publisher<Long>>(
            Flow.Publisher.class,
            elements -> FlowAdapters.toFlowPublisher(Flux.fromIterable(elements)),
            failure -> FlowAdapters.toFlowPublisher(Flux.<Long>error(failure)),
            FlowAdapters::toPublisher)),

    MULTI(new Row<Multi<Long>>(
            Multi.class,
            elements -> Multi.createFrom().iterable(elements),
            failure -> Multi.createFrom().failure(failure),
            FlowAdapters::toPublisher));

    final Row<Object> row;

    @SuppressWarnings("unchecked") // a row is asked for what it made itself
    Wrapped(Row<?> row) {
        this.row = (Row<Object>) row;
    }

    /**
     * One kind.
     *
     * @param elements one of these elements
     * @param failed one that fails
     * @param seen how the TCK sees it
     */
    record Row<P>(
            Class<?> declared,
            Function<Iterable<Long>, P> elements,
            Function<Throwable, P> failed,
            Function<P, Publisher<Long>> seen) {}
}
