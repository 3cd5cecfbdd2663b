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
 *
 * <p>When the JVM ends they are collected, and go in one trip a lane. Race, one that comes too late for the trip: it is
 * noted before it looks whether the trip has begun, and goes alone if so.
 */
final class Releases {

    private static final class Pending {
        private final OpenStream stream;
        private final Lease lease;
        private final boolean clearMarker;
        /** When the first one is answered, or cannot be asked for. */
        private final CompletableFuture<?> answered = new CompletableFuture<>();

        private boolean underWay;
        private boolean settles;
        private boolean settled;

        Pending(OpenStream stream, Lease lease) {
            this.stream = stream;
            this.lease = lease;
            this.clearMarker = !stream.identity().ownId() && lease.fence() > 0; // one that only waited clears nothing
        }

        /**
         * One goes out now; false: one is under way, or has settled the matter. Its answer does so where everything that may
         * take the lock was answered before it went out: a send that is still under way may be overtaken.
         *
         * <p>Race, a tick that has seen this against the answer: the monitor decides.
         */
        synchronized boolean begins() {
            if (underWay || settled) {
                return false;
            }
            underWay = true;
            settles = lease.sends().allAnswered();
            return true;
        }

        synchronized boolean isSettledBy(Released answer) {
            settled |= settles && !(answer instanceof Failure);
            return settled;
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
    private volatile boolean onLastTrip;

    Releases(Engine engine) {
        this.engine = engine;
    }

    /**
     * Answers when the first release is answered, or the store cannot be asked.
     *
     * <p>Race, the heartbeat's tick against this: whoever begins sends, and both wait for that answer.
     */
    CompletableFuture<?> add(OpenStream stream, Lease lease) {
        if (lease.sends().isNothing()) {
            return Engine.DONE;
        }
        Pending pending = new Pending(stream, lease);
        byNonce.put(lease.claim().nonce(), pending);
        if (engine.isStopping() && !onLastTrip) {
            return pending.answered;
        }
        engine.wake();
        if (pending.begins()) {
            var unused = send(engine.laneOf(stream), List.of(pending));
        }
        return pending.answered;
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
        if (engine.isStopping()) {
            return;
        }
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

    /** The JVM ends: all that is to be given back goes now. Answers when that is answered, or cannot be asked. */
    CompletableFuture<?> sendAll() {
        onLastTrip = true;
        List<CompletableFuture<?>> answers = new ArrayList<>();
        Map<Lane, List<Pending>> byLane = new HashMap<>();
        for (Pending pending : byNonce.values()) {
            answers.add(pending.answered); // also of one that is under way
            if (pending.begins()) {
                byLane.computeIfAbsent(engine.laneOf(pending.stream), lane -> new ArrayList<>())
                        .add(pending);
            }
        }
        byLane.forEach((lane, batch) -> answers.add(send(lane, batch)));
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> send(Lane lane, List<Pending> batch) {
        long sentAt = engine.now();
        List<Releasing> requests = batch.stream().map(Pending::request).toList();
        CompletableFuture<List<Released>> answers = Questions.<Released>askAll(
                        engine.narrator(),
                        "in a release",
                        batch.size(),
                        () -> engine.store().release(requests),
                        failure -> failure)
                .thenApply(all -> answered(lane, batch, all, sentAt));
        return lane.orDown(answers, failure -> List.of())
                .whenComplete((all, fault) -> batch.forEach(pending -> pending.answered.complete(null)));
    }

    private List<Released> answered(Lane lane, List<Pending> batch, List<Released> answers, long sentAt) {
        for (int i = 0; i < batch.size(); i++) {
            Pending pending = batch.get(i);
            Released answer = answers.get(i);
            lane.heard(Outages.Work.RELEASE, answer, sentAt, engine.now());
            if (pending.isSettledBy(answer)) {
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
