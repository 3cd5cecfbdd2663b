package dev.chatstream.agent.adapters.reactor;

import dev.chatstream.agent.adapters.reactivestreams.ReactiveDelivery;
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
class FluxDelivery<T> extends ReactiveDelivery<T, CoreSubscriber<? super T>> implements CoreSubscriber<T>, Scannable {

    private final CorePublisher<? extends T> source;
    private volatile Context context;

    FluxDelivery(CorePublisher<? extends T> source, CoreSubscriber<? super T> consumer, Publication publication) {
        super(consumer, publication);
        this.source = source;
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
    protected boolean mayCome(@Nullable Subscription there, Subscription coming) {
        return Operators.validate(there, coming);
    }

    @Override
    protected void drop(T element) {
        Operators.onDiscard(element, context);
    }

    /** So that Reactor's tools see through. */
    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key.equals(Attr.PARENT) ? upstream() : key.equals(Attr.ACTUAL) ? consumer : null;
    }
}
