package dev.chatstream.agent.adapters.reactor;

import dev.chatstream.agent.shapes.Publication;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** A guarded {@link Flux}. */
final class GuardedFlux<T> extends FluxOperator<T, T> {

    private final Publication publication;

    private GuardedFlux(Flux<T> source, Publication publication) {
        super(source);
        this.publication = publication;
    }

    static <T> Flux<T> after(Flux<T> source, Publication publication) {
        return onAssembly(new GuardedFlux<>(source, publication));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> consumer) {
        new FluxDelivery<>(source, consumer, publication).begin();
    }
}
