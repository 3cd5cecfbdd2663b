package dev.chatstream.agent.adapters.rxjava3;

import dev.chatstream.agent.adapters.reactivestreams.ReactiveDelivery;
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

    private static final class Guarded<T> extends ReactiveDelivery<T, Subscriber<? super T>>
            implements FlowableSubscriber<T> {
        private final Flowable<T> source;

        Guarded(Flowable<T> source, Subscriber<? super T> consumer, Publication publication) {
            super(consumer, publication);
            this.source = source;
        }

        @Override
        protected void start() {
            source.subscribe(this);
        }

        @Override
        protected boolean mayCome(@Nullable Subscription there, Subscription coming) {
            return SubscriptionHelper.validate(there, coming);
        }
    }
}
