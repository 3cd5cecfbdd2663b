package dev.chatstream.agent.adapters.reactivestreams;

import static java.util.Objects.requireNonNull;

import dev.chatstream.agent.shapes.Adapter;
import dev.chatstream.agent.shapes.Publication;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Subscriptions to a {@link Publisher} of Reactive Streams, whoever made it. */
final class ReactiveStreamsAdapter implements Adapter.OfPublishers {

    @Override
    public void subscribe(Object source, Object consumer, Publication publication) {
        subscribe((Publisher<?>) source, (Subscriber<?>) consumer, publication);
    }

    @SuppressWarnings("unchecked") // whoever subscribes was allowed to
    private static <T> void subscribe(Publisher<?> source, Subscriber<T> consumer, Publication publication) {
        new Guarded<>((Publisher<T>) source, consumer, publication).begin();
    }

    private static final class Guarded<T> extends ReactiveDelivery<T, Subscriber<? super T>> {
        private final Publisher<T> source;

        Guarded(Publisher<T> source, Subscriber<? super T> consumer, Publication publication) {
            super(consumer, publication);
            this.source = source;
        }

        @Override
        protected void start() {
            source.subscribe(this);
        }

        @Override
        protected boolean mayCome(@Nullable Subscription there, Subscription coming) {
            requireNonNull(coming, "rule 2.13");
            if (there != null) {
                coming.cancel();
            }
            return there == null;
        }
    }
}
