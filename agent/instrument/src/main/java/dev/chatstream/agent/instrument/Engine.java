package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.core.StreamGuard;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The real engine, taken and opened when somebody first needs it. Race: two may take it at once; the supplier answers both
 * with the same.
 */
final class Engine implements Guard, Control {

    private final Supplier<StreamGuard> supplier;
    private volatile @Nullable StreamGuard taken;

    Engine(Supplier<StreamGuard> supplier) {
        this.supplier = supplier;
    }

    @Override
    public Entry enter(Call call) {
        return take().enter(call);
    }

    @Override
    public Entry enterSuspended(Call call) {
        return take().enterSuspended(call);
    }

    /** Makes the engine, and does not open it. */
    @Override
    public boolean isOff() {
        StreamGuard guard = taken;
        return (guard == null ? supplier.get() : guard).isOff();
    }

    @Override
    public @Nullable GuardedStream current() {
        StreamGuard guard = taken;
        return guard == null ? null : guard.current();
    }

    @Override
    public CompletableFuture<@Nullable Void> abort(String streamId) {
        return take().abort(streamId);
    }

    @Override
    public CompletableFuture<Optional<String>> abortChat(String chatId) {
        return take().abortChat(chatId);
    }

    @Override
    public CompletableFuture<Optional<String>> owner(String chatId) {
        return take().owner(chatId);
    }

    @Override
    public CompletableFuture<StreamGuard.Owners> owners(Collection<String> chatIds) {
        return take().owners(chatIds);
    }

    private StreamGuard take() {
        StreamGuard guard = taken;
        if (guard == null) {
            guard = supplier.get();
            guard.open();
            taken = guard;
        }
        return guard;
    }
}
