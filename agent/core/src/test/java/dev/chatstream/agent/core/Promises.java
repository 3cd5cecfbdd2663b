package dev.chatstream.agent.core;

import dev.chatstream.agent.core.WatchedServer.Attempted;
import dev.chatstream.agent.core.WatchedServer.Possession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The promises of the lease protocol, looked at from outside of all pods; (b) and (d) are the server's to see. */
final class Promises {

    /** One that is not answered, a tick, and the way of the next one. */
    private static final Duration A_RELEASE = Duration.ofSeconds(3);

    private final World world;
    private final WatchedServer server;
    private final List<SimulatedPod> pods;
    private final PlainPod plain;
    private final Duration ttl;
    private final List<String> broken = new ArrayList<>();
    private final Map<String, Long> closedAt = new HashMap<>();

    Promises(World world, WatchedServer server, List<SimulatedPod> pods, PlainPod plain, Duration ttl) {
        this.world = world;
        this.server = server;
        this.pods = pods;
        this.plain = plain;
        this.ttl = ttl;
    }

    void broken(String promise, String how) {
        broken.add("(" + promise + ") " + how);
    }

    /** The first promise that was broken so far. */
    @Nullable
    String firstBroken() {
        return broken.isEmpty() ? null : broken.getFirst();
    }

    void check() {
        Map<String, String> entitled = new HashMap<>(plain.entitled(world.now()));
        for (SimulatedPod pod : pods) {
            for (OpenStream stream : pod.all) {
                entitled(pod, stream, entitled);
                keys(pod, stream);
            }
        }
    }

    /** (a) At most one entitled stream a chat; and whoever is entitled has the lock. */
    private void entitled(SimulatedPod pod, OpenStream stream, Map<String, String> others) {
        Lease lease = stream.lease();
        long left = pod.dead ? 0 : lease.remaining(world.now());
        if (left <= 0 || server.isConfused(stream.chatId())) {
            return;
        }
        String who = "pod " + pod.number + " " + stream;
        Long since = server.excusedSince(lease.claim().nonce());
        if (since != null) {
            if (server.time() + left - since > ttl.toNanos()) {
                broken("a", who + " is entitled for longer than it may believe in a lock that was taken away");
            }
            return;
        }
        String other = others.put(stream.chatId(), who);
        if (other != null) {
            broken("a", who + " and " + other + " are entitled at once");
        }
        Possession possession = server.possession(stream.chatId());
        Duration lock = server.lockLeft(stream.chatId());
        if (possession == null || !possession.nonce().equals(lease.claim().nonce())) {
            broken("a", who + " is entitled, and the lock is that of " + possession);
        } else if (lock.toNanos() < left) {
            broken("a", who + " is entitled for " + left + " ns, and its lock lives for " + lock);
        }
    }

    /** (c) A dead pod's lock runs out; (c') the key of a closed stream does not stay. */
    private void keys(SimulatedPod pod, OpenStream stream) {
        Lease lease = stream.lease();
        Possession possession = server.possession(stream.chatId());
        if (possession == null
                || !possession.nonce().equals(lease.claim().nonce())
                || server.isConfused(stream.chatId())) {
            return;
        }
        Duration since = Duration.ofNanos(server.time() - server.latest(possession.nonce()));
        if (since.compareTo(ttl) > 0) {
            broken("c", "the lock of " + stream + " is there " + since + " after its last command");
        }
        boolean chased = !lease.sends().isExpired(world.now() - A_RELEASE.toNanos());
        boolean healthy = pod.wellFor().compareTo(A_RELEASE) > 0 && since.compareTo(A_RELEASE) > 0;
        if (wasClosedLongAgo(lease) && healthy && chased && !server.isForgotten(stream.chatId())) {
            broken("c'", "the lock of " + stream + ", which has ended, stays in Redis");
        }
    }

    private boolean wasClosedLongAgo(Lease lease) {
        if (!lease.isClosed()) {
            return false;
        }
        long since = closedAt.computeIfAbsent(lease.claim().nonce(), nonce -> world.now());
        return world.now() - since > A_RELEASE.toNanos();
    }

    /** No pod has told of an error of the engine's own. */
    void checkFaults() {
        for (SimulatedPod pod : pods) {
            pod.pod.journal.ofKind("own-fault").stream()
                    .findFirst()
                    .ifPresent(line -> broken("-", "pod " + pod.number + ": " + line.message() + ": " + line.cause()));
        }
    }

    /** (e) A free lock is never refused to a waiter: these were refused at the same time. */
    void refused(SimulatedPod pod, List<World.Attempt> refused) {
        refused.forEach(attempt -> refused(pod, attempt, refused));
    }

    private void refused(SimulatedPod pod, World.Attempt attempt, List<World.Attempt> refused) {
        OpenStream stream = attempt.admission().stream();
        if (!(attempt.refusal() instanceof Entry.Busy busy)) {
            return;
        }
        Attempted attempted = server.attempted(stream.lease().claim().nonce());
        Duration ago = attempted == null ? Network.NEVER : Duration.ofNanos(server.time() - attempted.at());
        boolean recent = ago.compareTo(Simulation.COMMAND_TIMEOUT) <= 0 || pod.hasJustResumed();
        boolean heard = attempted != null && attempted.busy() && recent;
        boolean occupied = pod.all.stream()
                .anyMatch(other -> other != stream
                        && other.chatId().equals(stream.chatId())
                        && (other.isOpen() || isOf(pod.attempts, other) || isOf(refused, other)));
        if (!heard && !occupied) {
            broken("e", "pod " + pod.number + " refused a free chat to " + stream + ": " + busy.message());
        }
    }

    private static boolean isOf(List<World.Attempt> attempts, OpenStream stream) {
        return attempts.stream().anyMatch(attempt -> attempt.admission().stream() == stream);
    }
}
