package dev.chatstream.it.apps.publishers;

import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Desk;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Consumers of publishers of each kind, by the means of its library. */
final class Reading {

    private static final long LIMIT_MILLIS = 300;

    private Reading() {}

    /** What there is to subscribe to inside of it. */
    static Object unwrapped(Object value) throws Exception {
        return switch (value) {
            case CompletableFuture<?> future -> future.get();
            case Optional<?> optional -> optional.orElseThrow();
            default -> value;
        };
    }

    /** The same, given up by its consumer after a while. */
    static Object limited(Object value) {
        Duration limit = Duration.ofMillis(LIMIT_MILLIS);
        return switch (value) {
            case Flux<?> flux -> flux.timeout(limit);
            case Mono<?> mono -> mono.timeout(limit);
            case Flowable<?> flowable -> flowable.timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            case Observable<?> observable -> observable.timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            case Single<?> single -> single.timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            case Maybe<?> maybe -> maybe.timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            case Completable completable -> completable.timeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            case Multi<?> multi -> multi.ifNoItem().after(limit).fail();
            case Uni<?> uni -> uni.ifNoItem().after(limit).fail();
            default -> throw new IllegalArgumentException("no operators: " + value);
        };
    }

    /** The same, subscribed to again after an error, once. */
    static Object retried(Object value) {
        return switch (value) {
            case Flux<?> flux -> flux.retry(1);
            case Mono<?> mono -> mono.retry(1);
            case Flowable<?> flowable -> flowable.retry(1);
            case Observable<?> observable -> observable.retry(1);
            case Single<?> single -> single.retry(1);
            case Maybe<?> maybe -> maybe.retry(1);
            case Completable completable -> completable.retry(1);
            case Multi<?> multi -> multi.onFailure().retry().atMost(1);
            case Uni<?> uni -> uni.onFailure().retry().atMost(1);
            default -> throw new IllegalArgumentException("no operators: " + value);
        };
    }

    static void read(Object value, Call call) {
        switch (value) {
            case Flux<?> flux -> call.cancelledBy(flux.subscribe(got(call), call::failed, call::done)::dispose);
            case Mono<?> mono -> call.cancelledBy(mono.subscribe(got(call), call::failed, call::done)::dispose);
            case Flowable<?> flowable -> by(flowable.subscribe(got(call)::accept, call::failed, call::done), call);
            case Observable<?> observable ->
                by(observable.subscribe(got(call)::accept, call::failed, call::done), call);
            case Single<?> single -> by(single.subscribe(last(call)::accept, call::failed), call);
            case Maybe<?> maybe -> by(maybe.subscribe(last(call)::accept, call::failed, call::done), call);
            case Completable completable -> by(completable.subscribe(call::done, call::failed), call);
            case Multi<?> multi -> by(multi.subscribe().with(got(call), call::failed, call::done), call);
            case Uni<?> uni -> by(uni.subscribe().with(last(call), call::failed), call);
            case Publisher<?> publisher -> publisher.subscribe(new Plain(call));
            case Flow.Publisher<?> publisher ->
                FlowAdapters.toPublisher(publisher).subscribe(new Plain(call));
            default -> throw new IllegalArgumentException("not a publisher: " + value);
        }
    }

    private static void by(Disposable subscription, Call call) {
        call.cancelledBy(subscription::dispose);
    }

    private static void by(Cancellable subscription, Call call) {
        call.cancelledBy(subscription::cancel);
    }

    private static java.util.function.Consumer<@Nullable Object> got(Call call) {
        return token -> {
            if (token != null) { // a Uni may have none
                Desk.say("got", call.getName(), token);
                call.hear(token.toString());
            }
        };
    }

    /** A value that is the end too. */
    private static java.util.function.Consumer<@Nullable Object> last(Call call) {
        return value -> {
            got(call).accept(value);
            call.done();
        };
    }

    /** Of no library's class. */
    private record Plain(Call call) implements Subscriber<Object> {

        @Override
        public void onSubscribe(Subscription subscription) {
            call.cancelledBy(subscription::cancel);
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object token) {
            got(call).accept(token);
        }

        @Override
        public void onError(Throwable failure) {
            call.failed(failure);
        }

        @Override
        public void onComplete() {
            call.done();
        }
    }
}
