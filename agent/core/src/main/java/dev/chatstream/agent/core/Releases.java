package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Released;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives locks back, and goes on until that is certain.
 *
 * <p>A release is sent at once. Where every send that may take the lock has been answered, it is repeated each tick until
 * it is answered once; otherwise each tick until one TTL after the last such send, since a late one may still arrive. One
 * TTL after it there is nothing left to give back, so that is also the bound.
 */
final class Releases {

    private static final class Pending {
        private final OpenStream stream;
        private final Lease lease;
        private final boolean clearMarker;
        private boolean underWay;

        Pending(OpenStream stream, Lease lease) {
            this.stream = stream;
            this.lease = lease;
            this.clearMarker = !stream.identity().ownId();
        }

        synchronized boolean begins() {
            boolean begins = !underWay;
            underWay = true;
            return begins;
        }

        synchronized void over() {
            underWay = false;
        }

        Releasing request() {
            return new Releasing(lease.claim(), clearMarker);
        }
    }

    private final Engine engine;
    private final Map<String, Pending> byNonce = new ConcurrentHashMap<>();

    Releases(Engine engine) {
        this.engine = engine;
    }

    /** Answers when the first release is answered, or the store cannot be asked. */
    CompletableFuture<?> add(OpenStream stream, Lease lease) {
        if (lease.sends().isNothing()) {
            return Engine.DONE;
        }
        Pending pending = new Pending(stream, lease);
        byNonce.put(lease.claim().nonce(), pending);
        engine.wake();
        return pending.begins() ? send(engine.laneOf(stream), List.of(pending)) : Engine.DONE;
    }

    /** Whether this holder is a stream of this JVM which has ended: its lock is only not deleted yet. */
    boolean isOurs(LeaseStore.Holder holder) {
        return byNonce.containsKey(holder.nonce());
    }

    boolean isEmpty() {
        return byNonce.isEmpty();
    }

    /** Repeats what is not certain. */
    void tick(long now) {
        Map<Lane, List<Pending>> byLane = new HashMap<>();
        for (Pending pending : List.copyOf(byNonce.values())) {
            if (pending.lease.sends().isNothing() || pending.lease.sends().isExpired(now)) {
                byNonce.remove(pending.lease.claim().nonce());
            } else if (pending.begins()) {
                byLane.computeIfAbsent(engine.laneOf(pending.stream), lane -> new ArrayList<>())
                        .add(pending);
            }
        }
        byLane.forEach((lane, batch) -> {
            var unused = send(lane, batch);
        });
    }

    private CompletableFuture<?> send(Lane lane, List<Pending> batch) {
        long sentAt = engine.now();
        CompletableFuture<List<Released>> answers = engine.store()
                .release(batch.stream().map(Pending::request).toList())
                .thenApply(all -> answered(lane, batch, all, sentAt));
        return lane.orDown(answers, failure -> List.of());
    }

    private List<Released> answered(Lane lane, List<Pending> batch, List<Released> answers, long sentAt) {
        for (int i = 0; i < batch.size(); i++) {
            Pending pending = batch.get(i);
            Released answer = answers.get(i);
            lane.heard(answer, sentAt, engine.now());
            if (pending.lease.isSettledBy(answer)) {
                byNonce.remove(pending.lease.claim().nonce());
            }
            if (answer instanceof Failure failure && failure.kind() == Failure.Kind.KEY) {
                engine.narrator().keyFailure(pending.stream, failure);
            }
            pending.over();
        }
        return answers;
    }
}
