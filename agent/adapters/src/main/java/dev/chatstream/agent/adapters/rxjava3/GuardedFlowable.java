package dev.chatstream.agent.adapters.rxjava3;

import dev.chatstream.agent.shapes.Demand;
import dev.chatstream.agent.shapes.Publication;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.internal.subscriptions.SubscriptionHelper;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A guarded {@link Flowable}. */
final class GuardedFlowable<T> extends Flowable<T> {

    private final Flowable<T> source;
    private final Publication publication;

    GuardedFlowable(Flowable<T> source, Publication publication) {
        this.source = source;
        this.publication = publication;
    }

    @Override
    protected void subscribeActual(Subscriber<? super T> consumer) {
        new Guarded<>(source, consumer, publication).begin();
    }

    private static final class Guarded<T> extends Demand implements FlowableSubscriber<T>, Subscription {
        private final Flowable<T> source;
        private final Subscriber<? super T> consumer;
        private volatile @Nullable Subscription upstream;

        Guarded(Flowable<T> source, Subscriber<? super T> consumer, Publication publication) {
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
        public void onSubscribe(Subscription subscription) {
            if (SubscriptionHelper.validate(upstream, subscription)) {
                upstream = subscription;
                arrived();
            }
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

        @Override
        public void request(long elements) {
            want(elements);
        }

        @Override
        protected void requestOfSource(long elements) {
            Subscription there = upstream;
            if (there != null) {
                there.request(elements);
            }
        }

        @Override
        public void cancel() {
            cancelled();
        }

        @Override
        protected void cancelSource() {
            Subscription there = upstream;
            if (there != null) {
                there.cancel();
            }
        }
    }
}
