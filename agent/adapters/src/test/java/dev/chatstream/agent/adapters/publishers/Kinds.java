package dev.chatstream.agent.adapters.publishers;

import dev.chatstream.agent.adapters.publishers.Upstream.Emitter;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table of kinds. */
enum Kinds {
    FLUX(new Row<Flux<Object>>(
            Flux.class,
            Kind.Arity.MANY,
            upstream -> Flux.create(sink -> {
                sink.onDispose(upstream::cancelled);
                upstream.subscribed(emitter(sink::next, sink::error, sink::complete));
            }),
            (flux, heard) -> heard.by(flux.subscribe(heard::next, heard::failed, heard::done)::dispose),
            flux -> flux.retry(1))),

    MONO(new Row<Mono<Object>>(
            Mono.class,
            Kind.Arity.ONE_OR_NONE,
            upstream -> Mono.create(sink -> {
                sink.onDispose(upstream::cancelled);
                upstream.subscribed(emitter(sink::success, sink::error, sink::success));
            }),
            (mono, heard) -> heard.by(mono.subscribe(heard::next, heard::failed, heard::done)::dispose),
            mono -> mono.retry(1))),

    REACTIVE_STREAMS(new Row<Publisher<Object>>(
            Publisher.class,
            Kind.Arity.MANY,
            upstream -> subscriber -> over(upstream, Kinds::flux).subscribe(subscriber),
            (publisher, heard) -> publisher.subscribe(new PlainSubscriber(heard)),
            UnaryOperator.identity())),

    FLOW(new Row<Flow.Publisher<Object>>(
            Flow.Publisher.class,
            Kind.Arity.MANY,
            upstream -> FlowAdapters.toFlowPublisher(over(upstream, Kinds::flux)),
            (publisher, heard) -> FlowAdapters.toPublisher(publisher).subscribe(new PlainSubscriber(heard)),
            UnaryOperator.identity())),

    FLOWABLE(new Row<Flowable<Object>>(
            Flowable.class,
            Kind.Arity.MANY,
            upstream -> Flowable.create(
                    sink -> {
                        sink.setCancellable(upstream::cancelled);
                        upstream.subscribed(emitter(sink::onNext, sink::tryOnError, sink::onComplete));
                    },
                    BackpressureStrategy.BUFFER),
            (flowable, heard) -> {
                Disposable subscription = flowable.subscribe(heard::next, heard::failed, heard::done);
                heard.by(subscription::dispose);
            },
            flowable -> flowable.retry(1))),

    OBSERVABLE(new Row<Observable<Object>>(
            Observable.class,
            Kind.Arity.MANY,
            upstream -> Observable.create(sink -> {
                sink.setCancellable(upstream::cancelled);
                upstream.subscribed(emitter(sink::onNext, sink::tryOnError, sink::onComplete));
            }),
            (observable, heard) -> {
                Disposable subscription = observable.subscribe(heard::next, heard::failed, heard::done);
                heard.by(subscription::dispose);
            },
            observable -> observable.retry(1))),

    SINGLE(new Row<Single<Object>>(
            Single.class,
            Kind.Arity.ONE,
            upstream -> Single.create(sink -> {
                sink.setCancellable(upstream::cancelled);
                upstream.subscribed(emitter(sink::onSuccess, sink::tryOnError, () -> {}));
            }),
            (single, heard) -> {
                Disposable subscription = single.subscribe(
                        value -> {
                            heard.next(value);
                            heard.done();
                        },
                        heard::failed);
                heard.by(subscription::dispose);
            },
            single -> single.retry(1))),

    MAYBE(new Row<Maybe<Object>>(
            Maybe.class,
            Kind.Arity.ONE_OR_NONE,
            upstream -> Maybe.create(sink -> {
                sink.setCancellable(upstream::cancelled);
                upstream.subscribed(emitter(sink::onSuccess, sink::tryOnError, sink::onComplete));
            }),
            (maybe, heard) -> {
                Disposable subscription = maybe.subscribe(
                        value -> {
                            heard.next(value);
                            heard.done();
                        },
                        heard::failed,
                        heard::done);
                heard.by(subscription::dispose);
            },
            maybe -> maybe.retry(1))),

    COMPLETABLE(new Row<Completable>(
            Completable.class,
            Kind.Arity.NONE,
            upstream -> Completable.create(sink -> {
                sink.setCancellable(upstream::cancelled);
                upstream.subscribed(emitter(element -> {}, sink::tryOnError, sink::onComplete));
            }),
            (completable, heard) -> {
                Disposable subscription = completable.subscribe(heard::done, heard::failed);
                heard.by(subscription::dispose);
            },
            completable -> completable.retry(1))),

    MULTI(new Row<Multi<Object>>(
            Multi.class,
            Kind.Arity.MANY,
            upstream -> Multi.createFrom().emitter(sink -> {
                sink.onTermination(upstream::cancelled);
                upstream.subscribed(emitter(sink::emit, sink::fail, sink::complete));
            }),
            (multi, heard) -> {
                Cancellable subscription = multi.subscribe().with(heard::next, heard::failed, heard::done);
                heard.by(subscription::cancel);
            },
            multi -> multi.onFailure().retry().atMost(1))),

    UNI(new Row<Uni<Object>>(
            Uni.class,
            Kind.Arity.ONE_OR_NONE,
            upstream -> Uni.createFrom().emitter(sink -> {
                sink.onTermination(upstream::cancelled);
                upstream.subscribed(emitter(sink::complete, sink::fail, () -> sink.complete(null)));
            }),
            (uni, heard) -> {
                Cancellable subscription = uni.subscribe()
                        .with(
                                value -> {
                                    if (value != null) {
                                        heard.next(value);
                                    }
                                    heard.done();
                                },
                                heard::failed);
                heard.by(subscription::cancel);
            },
            uni -> uni.onFailure().retry().atMost(1)));

    final Kind<Object> kind;

    @SuppressWarnings("unchecked") // a row is asked for what it made itself
    Kinds(Row<?> row) {
        this.kind = (Kind<Object>) (Kind<?>) row;
    }

    static Stream<Kinds> all() {
        return Stream.of(values());
    }

    private static Flux<Object> flux(Upstream upstream) {
        return Flux.create(sink -> {
            sink.onDispose(upstream::cancelled);
            upstream.subscribed(emitter(sink::next, sink::error, sink::complete));
        });
    }

    /** A publisher that is of no library's class. */
    private static Publisher<Object> over(Upstream upstream, Function<Upstream, Flux<Object>> made) {
        Flux<Object> flux = made.apply(upstream);
        return flux::subscribe;
    }

    private static Emitter emitter(Consumer<Object> next, Consumer<Throwable> fail, Runnable done) {
        return new Emitter() {
            @Override
            public void next(Object element) {
                next.accept(element);
            }

            @Override
            public void fail(Throwable failure) {
                fail.accept(failure);
            }

            @Override
            public void done() {
                done.run();
            }
        };
    }

    /** One row. */
    private record Row<P>(
            Class<?> declared,
            Kind.Arity arity,
            Function<Upstream, P> made,
            BiConsumer<P, Heard> subscribes,
            UnaryOperator<P> retries)
            implements Kind<P> {

        @Override
        public P over(Upstream upstream) {
            return made.apply(upstream);
        }

        @Override
        public void subscribe(P publisher, Heard heard) {
            subscribes.accept(publisher, heard);
        }

        @Override
        public P retryingOnce(P publisher) {
            return retries.apply(publisher);
        }
    }
}
