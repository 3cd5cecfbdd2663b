package dev.chatstream.agent.adapters.rxjava3;

import dev.chatstream.agent.shapes.Publication;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;

/** A guarded {@link Maybe}. */
final class GuardedMaybe<T> extends Maybe<T> {

    private final Maybe<T> source;
    private final Publication publication;

    GuardedMaybe(Maybe<T> source, Publication publication) {
        this.source = source;
        this.publication = publication;
    }

    @Override
    protected void subscribeActual(MaybeObserver<? super T> consumer) {
        new Guarded<>(source, consumer, publication).begin();
    }

    private static final class Guarded<T> extends Disposing implements MaybeObserver<T> {
        private final Maybe<T> source;
        private final MaybeObserver<? super T> consumer;

        Guarded(Maybe<T> source, MaybeObserver<? super T> consumer, Publication publication) {
            super(publication);
            this.source = source;
            this.consumer = consumer;
        }

        @Override
        protected void start() {
            source.subscribe(this);
        }

        @Override
        protected void greet() {
            consumer.onSubscribe(this);
        }

        @Override
        public void onSuccess(T value) {
            last(() -> consumer.onSuccess(handedOver(value)));
        }

        @Override
        public void onError(Throwable failure) {
            last(() -> consumer.onError(failure));
        }

        @Override
        public void onComplete() {
            last(consumer::onComplete);
        }

        @Override
        protected void fail(Throwable failure) {
            consumer.onError(failure);
        }

        @Override
        protected void complete() {
            consumer.onComplete();
        }
    }
}
