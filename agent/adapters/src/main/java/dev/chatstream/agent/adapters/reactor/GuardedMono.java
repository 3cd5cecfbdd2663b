package dev.chatstream.agent.adapters.reactor;

import dev.chatstream.agent.shapes.Publication;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/** A guarded {@link Mono}. */
final class GuardedMono<T> extends MonoOperator<T, T> {

    private final Publication publication;

    private GuardedMono(Mono<T> source, Publication publication) {
        super(source);
        this.publication = publication;
    }

    static <T> Mono<T> after(Mono<T> source, Publication publication) {
        return onAssembly(new GuardedMono<>(source, publication));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> consumer) {
        new MonoDelivery<>(source, consumer, publication).begin();
    }
}
