package dev.chatstream.agent.adapters.mutiny;

import dev.chatstream.agent.shapes.Adapter;
import dev.chatstream.agent.shapes.Outlet;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Mutiny's two kinds: the caller gets an operator after the method's own, which the application's interceptors see. */
final class MutinyAdapter implements Adapter {

    @Override
    public Object follow(Object value, Outlet outlet) {
        return value instanceof Multi<?> multi
                ? Infrastructure.onMultiCreation(new GuardedMulti<>(multi, outlet.publication()))
                : Infrastructure.onUniCreation(new GuardedUni<>((Uni<?>) value, outlet.publication()));
    }
}
