package dev.chatstream.agent.adapters.rxjava3;

import dev.chatstream.agent.shapes.Publication;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;

/** A guarded {@link Single}. */
final class GuardedSingle<T> extends Single<T> {

    private final Single<T> source;
    private final Publication publication;

    GuardedSingle(Single<T> source, Publication publication) {
        this.source = source;
        this.publication = publication;
    }

    @Override
    protected void subscribeActual(SingleObserver<? super T> consumer) {
        new Guarded<>(source, consumer, publication).begin();
    }

    private static final class Guarded<T> extends Disposing implements SingleObserver<T> {
        private final Single<T> source;
        private final SingleObserver<? super T> consumer;

        Guarded(Single<T> source, SingleObserver<? super T> consumer, Publication publication) {
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
        protected void fail(Throwable failure) {
            consumer.onError(failure);
        }

        /** It has a value or an error, and nothing else. */
        @Override
        protected boolean canComplete() {
            return false;
        }

        @Override
        protected void complete() {
            throw new IllegalStateException("it cannot");
        }
    }
}
