package dev.chatstream.agent.adapters.reactivestreams;

import dev.chatstream.agent.shapes.Demand;
import dev.chatstream.agent.shapes.Publication;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** One subscription to what speaks Reactive Streams; libraries that have more to say extend it. */
public abstract class ReactiveDelivery<T, S extends Subscriber<? super T>> extends Demand
        implements Subscriber<T>, Subscription {

    protected final S consumer;
    private volatile @Nullable Subscription upstream;

    protected ReactiveDelivery(S consumer, Publication publication) {
        super(publication);
        this.consumer = consumer;
    }

    /**
     * Whether the source may come by this; if not it is cancelled, as the library does that.
     *
     * @param there by which it has come already, which it must not do twice (rule 2.5)
     */
    protected abstract boolean mayCome(@Nullable Subscription there, Subscription coming);

    /** The element goes to the consumer. */
    protected void deliver(T element) {
        consumer.onNext(element);
    }

    /** The consumer is to hear no more of this. */
    protected void drop(T element) {}

    protected final @Nullable Subscription upstream() {
        return upstream;
    }

    @Override
    protected final void greet() {
        consumer.onSubscribe(this);
    }

    @Override
    public final void onSubscribe(Subscription coming) {
        if (mayCome(upstream, coming)) {
            upstream = coming;
            arrived();
        }
    }

    @Override
    public final void onNext(T element) {
        if (!enters()) {
            drop(element);
            return;
        }
        try {
            deliver(element);
        } finally {
            left();
        }
    }

    @Override
    public final void onError(Throwable failure) {
        last(() -> consumer.onError(failure));
    }

    @Override
    public final void onComplete() {
        last(consumer::onComplete);
    }

    @Override
    protected void fail(Throwable failure) {
        consumer.onError(failure);
    }

    @Override
    protected final void complete() {
        consumer.onComplete();
    }

    @Override
    public final void request(long elements) {
        want(elements);
    }

    @Override
    protected final void requestOfSource(long elements) {
        Subscription there = upstream;
        if (there != null) {
            there.request(elements);
        }
    }

    @Override
    public final void cancel() {
        cancelled();
    }

    @Override
    protected final void cancelSource() {
        Subscription there = upstream;
        if (there != null) {
            there.cancel();
        }
    }
}
