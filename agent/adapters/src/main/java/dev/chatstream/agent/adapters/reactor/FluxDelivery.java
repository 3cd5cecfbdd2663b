package dev.chatstream.agent.adapters.reactor;

import dev.chatstream.agent.shapes.Demand;
import dev.chatstream.agent.shapes.Passage;
import dev.chatstream.agent.shapes.Publication;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** One subscription to a {@link GuardedFlux}. Inside it the stream is in the context, under {@code ActiveStream.class}. */
class FluxDelivery<T> extends Demand implements CoreSubscriber<T>, Subscription, Scannable {

    final CoreSubscriber<? super T> consumer;
    private final CorePublisher<? extends T> source;
    private volatile @Nullable Subscription upstream;
    private volatile Context context;

    FluxDelivery(CorePublisher<? extends T> source, CoreSubscriber<? super T> consumer, Publication publication) {
        super(publication);
        this.source = source;
        this.consumer = consumer;
        this.context = consumer.currentContext();
    }

    @Override
    protected void start() {
        Passage.Api api = api();
        Object seen = api == null ? null : seen(api);
        if (api == null || seen == null) {
            source.subscribe(this);
        } else if (Propagation.isOn()) {
            Propagation.with(api, seen, source).subscribe(this);
        } else {
            context = context.put(api.activeStream(), seen);
            source.subscribe(this);
        }
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    protected void greet() {
        consumer.onSubscribe(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (Operators.validate(upstream, subscription)) {
            upstream = subscription;
            arrived();
        }
    }

    @Override
    public void onNext(T element) {
        if (!enters()) {
            Operators.onDiscard(element, context);
            return;
        }
        try {
            deliver(element);
        } finally {
            left();
        }
    }

    void deliver(T element) {
        consumer.onNext(element);
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

    /** So that Reactor's tools see through. */
    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key.equals(Attr.PARENT) ? upstream : key.equals(Attr.ACTUAL) ? consumer : null;
    }
}
