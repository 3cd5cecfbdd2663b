package dev.chatstream.agent.adapters.reactor;

import dev.chatstream.agent.shapes.Adapter;
import dev.chatstream.agent.shapes.Outlet;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link Flux} and {@link Mono}: the caller gets an operator after the method's own, to which the application's hooks apply. */
final class ReactorAdapter implements Adapter {

    @Override
    public Object follow(Object value, Outlet outlet) {
        return value instanceof Mono<?> mono
                ? GuardedMono.after(mono, outlet.publication())
                : GuardedFlux.after((Flux<?>) value, outlet.publication());
    }
}
