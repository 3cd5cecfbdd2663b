package dev.chatstream.agent.adapters.mutiny;

import static java.util.Objects.requireNonNull;

import dev.chatstream.agent.shapes.Demand;
import dev.chatstream.agent.shapes.Publication;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.AbstractMulti;
import io.smallrye.mutiny.subscription.ContextSupport;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A guarded {@link Multi}. */
final class GuardedMulti<T> extends AbstractMulti<T> {

    private final Multi<T> source;
    private final Publication publication;

    GuardedMulti(Multi<T> source, Publication publication) {
        this.source = source;
        this.publication = publication;
    }

    @Override
    public void subscribe(MultiSubscriber<? super T> consumer) {
        new Guarded<>(source, consumer, publication).begin();
    }

    private static final class Guarded<T> extends Demand
            implements MultiSubscriber<T>, Flow.Subscription, ContextSupport {
        private final Multi<T> source;
        private final MultiSubscriber<? super T> consumer;
        private volatile Flow.@Nullable Subscription upstream;

        Guarded(Multi<T> source, MultiSubscriber<? super T> consumer, Publication publication) {
            super(publication);
            this.source = source;
            this.consumer = consumer;
        }

        @Override
        public Context context() {
            return consumer instanceof ContextSupport of ? of.context() : Context.empty();
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
                subscription.cancel(); // rule 2.5 of Reactive Streams
                return;
            }
            upstream = subscription;
            arrived();
        }

        @Override
        public void onItem(T element) {
            if (enters()) {
                try {
                    consumer.onItem(element);
                } finally {
                    left();
                }
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            last(() -> consumer.onFailure(failure));
        }

        @Override
        public void onCompletion() {
            last(consumer::onCompletion);
        }

        @Override
        protected void fail(Throwable failure) {
            consumer.onFailure(failure);
        }

        @Override
        protected void complete() {
            consumer.onCompletion();
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
