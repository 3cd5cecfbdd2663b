package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A store that gives whatever is asked for and keeps nothing: for what the engine itself costs. */
class WinningStore implements LeaseStore {

    private static final CompletableFuture<Written> DONE = CompletableFuture.completedFuture(new Written.Done());

    private final AtomicLong fences = new AtomicLong();

    @Override
    public void open(Link link) {
        link.up("");
    }

    @Override
    public String laneOfChat(String chatId) {
        return "";
    }

    @Override
    public String laneOfStream(String streamId) {
        return "";
    }

    @Override
    public CompletableFuture<Acquisition> acquire(Claim claim, @Nullable Holder overrule, boolean lookForMarker) {
        return CompletableFuture.completedFuture(new Acquisition.Won(fences.incrementAndGet(), false));
    }

    @Override
    public CompletableFuture<List<Renewal>> renew(List<Renewing> leases) {
        return CompletableFuture.completedFuture(
                leases.stream().<Renewal>map(lease -> new Renewal.Renewed()).toList());
    }

    @Override
    public CompletableFuture<List<Released>> release(List<Releasing> claims) {
        return CompletableFuture.completedFuture(
                claims.stream().<Released>map(claim -> new Released.Deleted()).toList());
    }

    @Override
    public CompletableFuture<Asked> ask(String chatId, Holder holder) {
        return CompletableFuture.completedFuture(new Asked.Moved());
    }

    @Override
    public CompletableFuture<Standing> standing(Claim claim) {
        return CompletableFuture.completedFuture(new Standing.Mine());
    }

    @Override
    public CompletableFuture<Marks> marked(Collection<String> streamIds) {
        return CompletableFuture.completedFuture(new Marks.Found(Set.of()));
    }

    @Override
    public CompletableFuture<Remaining> markerLeft(String streamId) {
        return CompletableFuture.completedFuture(new Remaining.Left(Duration.ZERO));
    }

    @Override
    public CompletableFuture<Written> mark(String streamId) {
        return DONE;
    }

    @Override
    public CompletableFuture<Written> clear(String streamId) {
        return DONE;
    }

    @Override
    public CompletableFuture<Owners> owners(Collection<String> chatIds) {
        return CompletableFuture.completedFuture(new Owners.Found(Map.of()));
    }

    @Override
    public CompletableFuture<Written> ping(String lane) {
        return DONE;
    }

    @Override
    public void close() {}
}
