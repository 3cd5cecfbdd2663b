package dev.chatstream.agent.shapes;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Subscriptions to the JDK's {@link Flow.Publisher}. */
final class FlowAdapter implements Adapter.OfPublishers {

    @Override
    public void subscribe(Object source, Object consumer, Publication publication) {
        subscribe((Flow.Publisher<?>) source, (Flow.Subscriber<?>) consumer, publication);
    }

    @SuppressWarnings("unchecked") // whoever subscribes was allowed to
    private static <T> void subscribe(Flow.Publisher<?> source, Flow.Subscriber<T> consumer, Publication publication) {
        new Guarded<>((Flow.Publisher<T>) source, consumer, publication).begin();
    }

    private static final class Guarded<T> extends Demand implements Flow.Subscriber<T>, Flow.Subscription {
        private final Flow.Publisher<T> source;
        private final Flow.Subscriber<? super T> consumer;
        private volatile Flow.@Nullable Subscription upstream;

        Guarded(Flow.Publisher<T> source, Flow.Subscriber<? super T> consumer, Publication publication) {
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
        public void onSubscribe(Flow.Subscription subscription) {
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
            Flow.Subscription there = upstream;
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
            Flow.Subscription there = upstream;
            if (there != null) {
                there.cancel();
            }
        }
    }
}
