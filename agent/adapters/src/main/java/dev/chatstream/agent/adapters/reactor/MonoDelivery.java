package dev.chatstream.agent.adapters.reactor;

import dev.chatstream.agent.shapes.Publication;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;

/** One subscription to a {@link GuardedMono}: once the consumer has the value, all that is to come is the completion. */
final class MonoDelivery<T> extends FluxDelivery<T> {

    /** Written while the value is on its way, so seen by whoever tells of an abort after it. */
    private boolean valued;

    MonoDelivery(CorePublisher<? extends T> source, CoreSubscriber<? super T> consumer, Publication publication) {
        super(source, consumer, publication);
    }

    @Override
    protected void deliver(T value) {
        valued = true;
        T handed = handedOver(value);
        runLast(() -> super.deliver(handed));
    }

    @Override
    protected void fail(Throwable failure) {
        if (valued) {
            consumer.onComplete();
        } else {
            consumer.onError(failure);
        }
    }
}
