package dev.chatstream.agent.adapters.rxjava3;

import dev.chatstream.agent.shapes.Publication;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableObserver;

/** A guarded {@link Completable}. */
final class GuardedCompletable extends Completable {

    private final Completable source;
    private final Publication publication;

    GuardedCompletable(Completable source, Publication publication) {
        this.source = source;
        this.publication = publication;
    }

    @Override
    protected void subscribeActual(CompletableObserver consumer) {
        new Guarded(source, consumer, publication).begin();
    }

    private static final class Guarded extends Disposing implements CompletableObserver {
        private final Completable source;
        private final CompletableObserver consumer;

        Guarded(Completable source, CompletableObserver consumer, Publication publication) {
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
