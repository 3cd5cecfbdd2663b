package dev.chatstream.agent.adapters.reactivestreams;

import static java.util.Objects.requireNonNull;

import dev.chatstream.agent.shapes.Demand;
import dev.chatstream.agent.shapes.Publication;
import dev.chatstream.agent.shapes.PublisherAdapter;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Subscriptions to a {@link Publisher} of Reactive Streams, whoever made it. */
final class ReactiveStreamsAdapter implements PublisherAdapter {

    @Override
    public void subscribe(Object source, Object consumer, Publication publication) {
        subscribe((Publisher<?>) source, (Subscriber<?>) consumer, publication);
    }

    @SuppressWarnings("unchecked") // whoever subscribes was allowed to
    private static <T> void subscribe(Publisher<?> source, Subscriber<T> consumer, Publication publication) {
        new Guarded<>((Publisher<T>) source, consumer, publication).begin();
    }

    private static final class Guarded<T> extends Demand implements Subscriber<T>, Subscription {
        private final Publisher<T> source;
        private final Subscriber<? super T> consumer;
        private volatile @Nullable Subscription upstream;

        Guarded(Publisher<T> source, Subscriber<? super T> consumer, Publication publication) {
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
            requireNonNull(subscription, "rule 2.13");
            if (upstream != null) {
                subscription.cancel(); // rule 2.5
                return;
            }
            upstream = subscription;
            arrived();
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
