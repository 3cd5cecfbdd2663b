package dev.chatstream.agent.adapters.mutiny;

import dev.chatstream.agent.shapes.Delivery;
import dev.chatstream.agent.shapes.Publication;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import org.jspecify.annotations.Nullable;

/** A guarded {@link Uni}; without a value it has a null one. */
final class GuardedUni<T> extends AbstractUni<T> {

    private final Uni<T> source;
    private final Publication publication;

    GuardedUni(Uni<T> source, Publication publication) {
        this.source = source;
        this.publication = publication;
    }

    @Override
    public void subscribe(UniSubscriber<? super T> consumer) {
        new Guarded<>(source, consumer, publication).begin();
    }

    private static final class Guarded<T> extends Delivery implements UniSubscriber<T>, UniSubscription {
        private final Uni<T> source;
        private final UniSubscriber<? super T> consumer;
        private volatile @Nullable UniSubscription upstream;

        Guarded(Uni<T> source, UniSubscriber<? super T> consumer, Publication publication) {
            super(publication);
            this.source = source;
            this.consumer = consumer;
        }

        @Override
        public Context context() {
            return consumer.context();
        }

        @Override
        protected void start() {
            AbstractUni.subscribe(source, this);
        }

        @Override
        protected void greet() {
            consumer.onSubscribe(this);
        }

        @Override
        public void onSubscribe(UniSubscription subscription) {
            upstream = subscription;
            arrived();
        }

        @Override
        public void onItem(@Nullable T value) {
            last(() -> consumer.onItem(value == null ? null : handedOver(value)));
        }

        @Override
        public void onFailure(Throwable failure) {
            last(() -> consumer.onFailure(failure));
        }

        @Override
        protected void fail(Throwable failure) {
            consumer.onFailure(failure);
        }

        @Override
        protected void complete() {
            consumer.onItem(null);
        }

        @Override
        public void cancel() {
            cancelled();
        }

        @Override
        protected void cancelSource() {
            UniSubscription there = upstream;
            if (there != null) {
                there.cancel();
            }
        }
    }
}
