package dev.chatstream.agent.adapters.rxjava3;

import dev.chatstream.agent.shapes.Publication;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Observer;

/** A guarded {@link Observable}. */
final class GuardedObservable<T> extends Observable<T> {

    private final Observable<T> source;
    private final Publication publication;

    GuardedObservable(Observable<T> source, Publication publication) {
        this.source = source;
        this.publication = publication;
    }

    @Override
    protected void subscribeActual(Observer<? super T> consumer) {
        new Guarded<>(source, consumer, publication).begin();
    }

    private static final class Guarded<T> extends Disposing implements Observer<T> {
        private final Observable<T> source;
        private final Observer<? super T> consumer;

        Guarded(Observable<T> source, Observer<? super T> consumer, Publication publication) {
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
        public void onNext(T element) {
            if (enters()) {
                try {
                    consumer.onNext(element);
                } finally {
                    left();
                }
            }
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
