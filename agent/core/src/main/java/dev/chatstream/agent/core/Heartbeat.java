package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One sweep renews all leases of this JVM. Each tick it walks them, and sends what is due before the next tick as one
 * batch a lane: never two batches of a lane at once, never two renewals of a lease. A lease is renewed between one
 * heartbeat less a tick and one heartbeat after its last renewal; one that failed, at the next tick.
 */
final class Heartbeat {

    private record Due(OpenStream stream, Lease lease, Renewing request) {}

    private final Engine engine;
    private final InFlight underWay;

    Heartbeat(Engine engine) {
        this.engine = engine;
        this.underWay = new InFlight(engine.terms().stuckAfter());
    }

    boolean isIdle() {
        return engine.releases().isEmpty();
    }

    void tick() {
        long now = engine.now();
        engine.releases().tick(now);
        Map<Lane, List<Due>> batches = new HashMap<>();
        // Weakly consistent: what comes and goes meanwhile is for the next tick.
        engine.registry().forEach(stream -> engine.alone(() -> visit(stream, now, batches)));
        batches.forEach((lane, batch) -> engine.alone(() -> send(lane, batch, now)));
    }

    private void visit(OpenStream stream, long now, Map<Lane, List<Due>> batches) {
        Lease lease = stream.lease();
        if (lease == null || !stream.isOpen() || lease.isLost() || lease.isClosed()) {
            return;
        }
        if (lease.isWanting()) {
            join(stream, lease);
        } else {
            collect(stream, lease, now, batches);
        }
    }

    private void collect(OpenStream stream, Lease lease, long now, Map<Lane, List<Due>> batches) {
        apply(stream, lease.runOut(now));
        Lane lane = engine.laneOf(stream);
        List<Due> batch = batches.get(lane);
        if (batch == null) {
            if (!underWay.begins(lane, now)) {
                return;
            }
            batch = new ArrayList<>();
            batches.put(lane, batch);
        }
        Renewing request = lease.due(now, stream.isAborted());
        if (request != null) {
            batch.add(new Due(stream, lease, request));
        }
    }

    private void send(Lane lane, List<Due> batch, long begunAt) {
        if (batch.isEmpty()) {
            underWay.over(lane, begunAt);
            return;
        }
        if (!underWay.sends(lane, begunAt)) {
            return;
        }
        long sentAt = engine.now();
        List<Renewing> requests = batch.stream().map(Due::request).toList();
        CompletableFuture<List<Renewal>> renewals = Questions.askAll(
                engine.narrator(),
                "in a renewal",
                batch.size(),
                () -> engine.store().renew(requests),
                failure -> failure);
        batch.forEach(due -> due.lease().renewalSent());
        engine.on(renewals, answers -> {
            underWay.over(lane, begunAt);
            for (int i = 0; i < batch.size(); i++) {
                Due due = batch.get(i);
                Renewal answer = answers.get(i);
                engine.alone(() -> answered(lane, due, answer, sentAt));
            }
        });
    }

    private void answered(Lane lane, Due due, Renewal answer, long sentAt) {
        lane.heard(Outages.Work.RENEW, answer, sentAt, engine.now());
        if (answer instanceof Failure failure && failure.kind() == Failure.Kind.KEY) {
            engine.narrator().keyFailure(due.stream(), failure);
        }
        apply(due.stream(), due.lease().renewed(answer, sentAt, engine.now()));
    }

    private void apply(OpenStream stream, Lease.Change change) {
        switch (change) {
            case Lease.Change.None none -> {}
            case Lease.Change.TakenAgain again -> engine.narrator().takenAgain(stream);
            case Lease.Change.Lost lost -> stream.lost(lost.loss());
        }
    }

    /** A stream that entered without the store asks for its lock, once a tick, while the store can be asked. */
    private void join(OpenStream stream, Lease lease) {
        Lane lane = engine.laneOf(stream);
        if (!lane.isUp()) {
            engine.probe(lane);
            return;
        }
        long sentAt = engine.now();
        if (stream.isAborted() || !lease.sends().isIdle() || !lease.beginsAcquire(sentAt)) {
            return;
        }
        CompletableFuture<Acquisition> acquired = Questions.acquire(
                engine, lane, sentAt, () -> engine.store().acquire(lease.claim(), null, false), fault -> {});
        engine.on(acquired, answer -> {
            boolean held = lease.acquired(answer, sentAt);
            if (held) {
                engine.narrator().joined(stream);
            } else if (answer instanceof Acquisition.Busy busy
                    && !engine.releases().isOurs(busy.holder())) {
                apply(stream, lease.lose(Lease.Loss.TO_ANOTHER));
            }
        });
    }
}
