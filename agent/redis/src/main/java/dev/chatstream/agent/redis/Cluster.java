package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.redis.Finder.Found;
import dev.chatstream.agent.redis.Keeper.Progress;
import dev.chatstream.agent.redis.Seeds.Node;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The primaries of a Cluster, a lane each, and which of them serves which slot. It looks at the Cluster anew only when
 * something tells it to: a redirection, CLUSTERDOWN, or a lane that is missing. Written on the loop, read anywhere.
 */
final class Cluster {

    /** Between tries of what a slot on the move, or a node not yet connected, cannot take now. */
    private static final Duration PAUSE = Duration.ofMillis(25);

    /** A try that begins so shortly before the deadline may end in silence, which says less than the refusal that is known. */
    private static final Duration TOO_SHORT = Duration.ofMillis(10);

    private final Fleet fleet;
    private final Loop loop;
    private final Connector connector;
    private final Finder finder;
    private final Limits limits;
    private final Runnable look;
    private final Map<Node, Member> members = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable Lane> bySlot = new AtomicReferenceArray<>(SlotHash.SLOT_COUNT);

    /** @param look makes {@link #survey} be called in the background */
    Cluster(Fleet fleet, Loop loop, Connector connector, Finder finder, Limits limits, Runnable look) {
        this.fleet = fleet;
        this.loop = loop;
        this.connector = connector;
        this.finder = finder;
        this.limits = limits;
        this.look = look;
    }

    /** Learns the layout from the first node that was found, then lets the lanes connect. */
    void begin(Found.ClusterNode found, Runnable known) throws Trouble, InterruptedException {
        try {
            Topology topology = ask(found.wire());
            loop.run(() -> {
                fleet.talk()
                        .connected(
                                Fleet.NO_LANE,
                                "found a Redis " + found.version() + " Cluster: its primaries are "
                                        + topology.primaries() + fleet.ways());
                apply(topology);
                known.run();
            });
        } finally {
            found.wire().discard();
        }
    }

    String nameOf(int slot) {
        Lane lane = laneOf(slot);
        return lane == null ? Fleet.NO_LANE : lane.name();
    }

    /** Race, a question put before it was known that this is a Cluster: it has no slot, and goes nowhere. */
    private @Nullable Lane laneOf(int slot) {
        return slot == Query.NO_KEY ? null : bySlot.get(slot);
    }

    void send(List<? extends Query> queries) {
        Map<Lane, List<Query>> byLane = new LinkedHashMap<>();
        for (Query query : queries) {
            Lane lane = laneOf(query.slot());
            if (query instanceof Acquiring.LookUp && lane != null && lane.isSilent()) {
                query.finish(lane.notSent()); // no call waits twice for a node that is silent
            } else if (lane == null) {
                query.finish(new Failure(Failure.Kind.NOT_SENT, "no node of the Cluster serves slot " + query.slot()));
                look.run();
            } else {
                byLane.computeIfAbsent(lane, l -> new ArrayList<>()).add(query);
            }
        }
        byLane.forEach(Lane::send);
    }

    void sendTo(String lane, Query query) {
        for (Member member : members.values()) {
            if (member.lane().name().equals(lane)) {
                member.lane().send(List.of(query));
                return;
            }
        }
        query.finish(new Failure(Failure.Kind.NOT_SENT, lane + " is no node of the Cluster, or not any more"));
    }

    /** Whether an error is one that a Cluster says "elsewhere" or "not now" by; the query then goes on its way. */
    boolean follows(Attempt attempt, String error) {
        Query query = attempt.query();
        String[] words = error.split(" ", -1);
        Node named = words.length == 3 ? Topology.named(words[2], attempt.wire().node()) : null;
        switch (words[0]) {
            case "MOVED" -> {
                look.run();
                if (named == null || !query.mayBeRedirected()) {
                    return false;
                }
                bySlot.set(query.slot(), lane(named));
                moved(attempt, error, named, false);
            }
            case "ASK" -> {
                if (named == null || !query.mayBeRedirected()) {
                    return false;
                }
                moved(attempt, error, named, true);
            }
            case "TRYAGAIN" -> later(attempt, error, () -> send(List.of(query)));
            case "CLUSTERDOWN" -> {
                look.run();
                return false;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void moved(Attempt attempt, String error, Node to, boolean asking) {
        Wire wire = lane(to).wire();
        Query query = attempt.query();
        if (wire == null) {
            later(attempt, error, () -> moved(attempt, error, to, asking));
        } else if (asking) {
            wire.sendAsking(query);
        } else {
            wire.send(List.of(query));
        }
    }

    /** Its deadline, set when it was asked, bounds how often. */
    private void later(Attempt attempt, String error, Runnable again) {
        Query query = attempt.query();
        query.refusedFor(Refusal.failure(attempt.wire().server(), error));
        Runnable unlessFinished = () -> {
            if (!query.isFinished() && query.deadline() - System.nanoTime() > TOO_SHORT.toNanos()) {
                again.run();
            }
        };
        var unused = loop.events().schedule(unlessFinished, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks how the Cluster is laid out now; again, while a lane is missing: another node may have taken its place. */
    Progress survey() throws Trouble, InterruptedException {
        Topology topology = current();
        loop.run(() -> apply(topology));
        return topology.primaries().stream().allMatch(this::isUp) ? Progress.DONE : Progress.AGAIN;
    }

    private boolean isUp(Node node) {
        Member member = members.get(node);
        return member != null && member.lane().isUp();
    }

    private Topology current() throws Trouble, InterruptedException {
        for (Member member : members.values()) {
            Wire wire = member.lane().wire();
            if (wire != null) {
                try {
                    return ask(wire);
                } catch (Trouble nextIsAsked) {
                    fleet.talk().detail(nextIsAsked.why());
                }
            }
        }
        Found found = finder.find();
        try {
            return ask(found.wire());
        } finally {
            found.wire().discard();
        }
    }

    private Topology ask(Wire wire) throws Trouble, InterruptedException {
        return Topology.read(wire.ask(limits.greeting(), CommandType.CLUSTER, "SLOTS"), wire.node());
    }

    private void apply(Topology topology) {
        for (Topology.Range range : topology.ranges()) {
            Lane lane = lane(range.primary());
            for (int slot = range.first(); slot <= range.last(); slot++) {
                bySlot.set(slot, lane);
            }
        }
        members.forEach((node, member) -> {
            if (!topology.primaries().contains(node)) {
                members.remove(node);
                member.keeper().close();
                member.lane().leave("this node has left the Cluster, or serves no slot of it");
                fleet.link().gone(member.lane().name());
            }
        });
    }

    private Lane lane(Node node) {
        return members.computeIfAbsent(node, n -> new Member(n, fleet, loop, connector, look))
                .lane();
    }

    void close() {
        members.values().forEach(member -> member.keeper().close());
    }

    void awaitEnd(long end) throws InterruptedException {
        for (Member member : members.values()) {
            member.keeper().awaitEnd(Fleet.until(end));
        }
    }
}
