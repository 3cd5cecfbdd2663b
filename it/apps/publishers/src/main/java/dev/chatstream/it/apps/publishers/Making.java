package dev.chatstream.it.apps.publishers;

import dev.chatstream.it.apps.Source;
import dev.chatstream.it.apps.Source.Run;
import dev.chatstream.it.apps.Source.Tap;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A publisher of each kind over a source. */
final class Making {

    private Making() {}

    static Flux<String> flux(Source source) {
        return Flux.create(sink -> {
            Run run = source.run();
            sink.onDispose(run::letGo);
            run.begin(Tap.of(sink::next, sink::error, sink::complete));
        });
    }

    static Mono<String> mono(Source source) {
        return Mono.create(sink -> {
            Run run = source.run();
            sink.onDispose(run::letGo);
            run.begin(Tap.of(sink::success, sink::error, sink::success));
        });
    }

    static Flowable<String> flowable(Source source) {
        return Flowable.create(
                sink -> {
                    Run run = source.run();
                    sink.setCancellable(run::letGo);
                    run.begin(Tap.of(sink::onNext, sink::onError, sink::onComplete));
                },
                BackpressureStrategy.BUFFER);
    }

    static Observable<String> observable(Source source) {
        return Observable.create(sink -> {
            Run run = source.run();
            sink.setCancellable(run::letGo);
            run.begin(Tap.of(sink::onNext, sink::onError, sink::onComplete));
        });
    }

    static Single<String> single(Source source) {
        return Single.create(sink -> {
            Run run = source.run();
            sink.setCancellable(run::letGo);
            run.begin(Tap.of(sink::onSuccess, sink::onError, () -> {}));
        });
    }

    static Maybe<String> maybe(Source source) {
        return Maybe.create(sink -> {
            Run run = source.run();
            sink.setCancellable(run::letGo);
            run.begin(Tap.of(sink::onSuccess, sink::onError, sink::onComplete));
        });
    }

    static Completable completable(Source source) {
        return Completable.create(sink -> {
            Run run = source.run();
            sink.setCancellable(run::letGo);
            run.begin(Tap.of(token -> {}, sink::onError, sink::onComplete));
        });
    }

    static Multi<String> multi(Source source) {
        return Multi.createFrom().emitter(sink -> {
            Run run = source.run();
            sink.onTermination(run::letGo);
            run.begin(Tap.of(sink::emit, sink::fail, sink::complete));
        });
    }

    static Uni<String> uni(Source source) {
        return Uni.createFrom().emitter(sink -> {
            Run run = source.run();
            sink.onTermination(run::letGo);
            run.begin(Tap.of(sink::complete, sink::fail, () -> sink.complete(null)));
        });
    }
}
