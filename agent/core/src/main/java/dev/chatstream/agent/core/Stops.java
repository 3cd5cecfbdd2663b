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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
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
        if (here == null) {
            return owner(chatId).thenCompose(this::abortOwner);
        }
        boolean verified = !engine.hasStore() || here.holdsLock();
        here.abort(AbortReason.STOPPED, ORIGIN);
        Optional<String> local = Optional.of(here.streamId());
        return verified
                ? CompletableFuture.completedFuture(local)
                : owner(chatId)
                        .thenCompose(owner ->
                                isElsewhere(owner) ? abortOwner(owner) : CompletableFuture.completedFuture(local))
                        .exceptionally(unknown -> local);
    }

    /** It runs here without a lock, so another pod may hold the chat; whoever came after it here is not meant. */
    private boolean isElsewhere(Optional<String> owner) {
        return owner.isPresent() && engine.registry().byStreamId(owner.get()).isEmpty();
    }

    private CompletableFuture<Optional<String>> abortOwner(Optional<String> owner) {
        return owner.isEmpty()
                ? CompletableFuture.completedFuture(owner)
                : abort(owner.get()).thenApply(nothing -> owner);
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
            Lane lane, Supplier<CompletableFuture<T>> question, Function<Failure, T> instead) {
        return ask(lane, question, instead, engine.now());
    }

    private <T> CompletableFuture<T> ask(
            Lane lane, Supplier<CompletableFuture<T>> question, Function<Failure, T> instead, long begunAt) {
        return lane.reach().thenCompose(reach -> switch (reach) {
            case Lane.Reach.Up up -> {
                long sentAt = engine.now();
                yield lane.orDown(
                                question.get().thenApply(answer -> {
                                    lane.heard(
                                            Outages.Work.OTHER, Objects.requireNonNull(answer), sentAt, engine.now());
                                    return answer;
                                }),
                                instead)
                        .thenCompose(answer -> mayAskAgain(answer, begunAt)
                                ? askAgain(lane, question, instead, begunAt)
                                : CompletableFuture.completedFuture(answer));
            }
            case Lane.Reach.Down down -> {
                engine.probe(lane);
                yield CompletableFuture.completedFuture(instead.apply(down.failure()));
            }
        });
    }

    /** The connection was gone before anybody here had heard of it. */
    private boolean mayAskAgain(@Nullable Object answer, long begunAt) {
        return answer instanceof Failure failure
                && failure.kind() == Failure.Kind.NOT_SENT
                && engine.now() - begunAt < engine.settings().commandTimeout().toNanos();
    }

    private <T> CompletableFuture<T> askAgain(
            Lane lane, Supplier<CompletableFuture<T>> question, Function<Failure, T> instead, long begunAt) {
        lane.linkDown("not connected");
        return ask(lane, question, instead, begunAt);
    }

    private static <T> CompletableFuture<T> failed(String what, Failure failure) {
        return CompletableFuture.failedFuture(
                new IOException(what + ", and Redis cannot be reached: " + failure.message()));
    }
}
