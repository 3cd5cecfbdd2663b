package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.Ids.shown;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Owners;
import dev.chatstream.agent.core.LeaseStore.Written;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What code outside of any stream asks for: to stop one, and who holds a chat. */
final class Stops {

    private static final CompletableFuture<@Nullable Void> NOTHING = CompletableFuture.completedFuture(null);
    private static final String ORIGIN = "by a Stop in this JVM";

    private final Engine engine;

    Stops(Engine engine) {
        this.engine = engine;
    }

    /** Aborts here first, then sets the marker for wherever else it runs. */
    CompletableFuture<@Nullable Void> abort(String streamId) {
        List<OpenStream> here = engine.registry().byStreamId(streamId);
        here.forEach(stream -> stream.abort(AbortReason.STOPPED, ORIGIN));
        boolean onlyHere = here.stream().anyMatch(stream -> stream.identity().ownId());
        if (!engine.hasStore() || onlyHere) {
            return CompletableFuture.completedFuture(null);
        }
        engine.open();
        Lane lane = engine.laneOfMarker(streamId);
        return this.<Written>ask(lane, () -> engine.store().mark(streamId), failure -> failure)
                .thenCompose(written -> switch (written) {
                    case Written.Done done -> NOTHING;
                    case Failure failure ->
                        here.isEmpty()
                                ? failed(
                                        "stream " + shown(streamId) + " cannot be stopped: it does not run in this JVM",
                                        failure)
                                : NOTHING;
                });
    }

    CompletableFuture<Optional<String>> abortChat(String chatId) {
        OpenStream here = engine.places().holderOf(chatId);
        if (here != null) {
            here.abort(AbortReason.STOPPED, ORIGIN);
            return CompletableFuture.completedFuture(Optional.of(here.streamId()));
        }
        return owner(chatId)
                .thenCompose(owner -> owner.isEmpty()
                        ? CompletableFuture.completedFuture(owner)
                        : abort(owner.get()).thenApply(nothing -> owner));
    }

    CompletableFuture<Optional<String>> owner(String chatId) {
        OpenStream here = engine.places().holderOf(chatId);
        Optional<String> local = Optional.ofNullable(here).map(OpenStream::streamId);
        if (!engine.hasStore() || (here != null && here.holdsLock())) {
            return CompletableFuture.completedFuture(local);
        }
        return ask(List.of(chatId)).thenCompose(answer -> switch (answer) {
            case Owners.Found found ->
                CompletableFuture.completedFuture(
                        Optional.ofNullable(found.byChatId().get(chatId)).or(() -> local));
            case Failure failure ->
                local.isPresent()
                        ? CompletableFuture.completedFuture(local)
                        : failed("who holds chat " + shown(chatId) + " is not known", failure);
        });
    }

    /** One round trip a lane; what only this JVM knows, a stream that entered without Redis, is added. */
    CompletableFuture<StreamGuard.Owners> owners(Collection<String> chatIds) {
        Map<String, String> here = new HashMap<>();
        for (String chatId : chatIds) {
            OpenStream holder = engine.places().holderOf(chatId);
            if (holder != null) {
                here.put(chatId, holder.streamId());
            }
        }
        if (!engine.hasStore()) {
            return CompletableFuture.completedFuture(new StreamGuard.Owners(false, Map.copyOf(here)));
        }
        if (chatIds.isEmpty()) {
            return CompletableFuture.completedFuture(new StreamGuard.Owners(true, Map.of()));
        }
        return ask(chatIds).thenApply(answer -> switch (answer) {
            case Owners.Found found -> {
                here.putAll(found.byChatId());
                yield new StreamGuard.Owners(true, Map.copyOf(here));
            }
            case Failure failure -> new StreamGuard.Owners(false, Map.copyOf(here));
        });
    }

    private CompletableFuture<Owners> ask(Collection<String> chatIds) {
        engine.open();
        List<String> all = List.copyOf(chatIds);
        return ask(engine.laneOfChat(all.getFirst()), () -> engine.store().owners(all), failure -> failure);
    }

    /** Waits for a connection as a call does, and not while the store is silent. */
    private <T> CompletableFuture<T> ask(
            Lane lane, java.util.function.Supplier<CompletableFuture<T>> question, Function<Failure, T> instead) {
        return lane.reach().thenCompose(reach -> switch (reach) {
            case Lane.Reach.Up up -> {
                long sentAt = engine.now();
                yield lane.orDown(
                        question.get().thenApply(answer -> {
                            lane.heard(java.util.Objects.requireNonNull(answer), sentAt, engine.now());
                            return answer;
                        }),
                        instead);
            }
            case Lane.Reach.Down down -> {
                engine.probe(lane);
                yield CompletableFuture.completedFuture(instead.apply(down.failure()));
            }
        });
    }

    private static <T> CompletableFuture<T> failed(String what, Failure failure) {
        return CompletableFuture.failedFuture(
                new IOException(what + ", and Redis cannot be reached: " + failure.message()));
    }
}
