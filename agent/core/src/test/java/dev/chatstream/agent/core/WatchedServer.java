package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Released;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows of every lock whose it really is, by the commands that it applies, whatever the records say; and tells of each
 * command that breaks a promise: (b) nobody deletes or extends another's lock, (c) a lock lives no longer than a TTL after
 * the last command for it, (d) fences grow.
 */
final class WatchedServer extends InMemoryServer {

    /** Who has a lock: an acquisition, or a plain pod. */
    record Possession(String streamId, String nonce) {
        boolean isPlain() {
            return nonce.startsWith(PlainPod.NONCE);
        }
    }

    /** The last acquire of a claim that was applied. */
    record Attempted(boolean busy, long at) {}

    private final LongSupplier clock;
    private final BiConsumer<String, String> broken;
    private final Map<String, Possession> possessions = new HashMap<>();
    private final Map<String, Long> excused = new HashMap<>();
    private final Map<String, Attempted> attempts = new HashMap<>();
    private final Map<String, Long> latest = new HashMap<>();
    private final Map<String, Long> fences = new HashMap<>();
    private final Map<String, Long> highest = new HashMap<>();
    private final Map<String, Long> highestKnown = new HashMap<>();
    private final Set<String> meddled = new HashSet<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Set<String> confused = new HashSet<>();

    /** @param broken told of each broken promise: which, and how */
    WatchedServer(LongSupplier clock, BiConsumer<String, String> broken) {
        super(clock);
        this.clock = clock;
        this.broken = broken;
    }

    /** Who has the lock now; null: it is free. */
    @Nullable
    Possession possession(String chatId) {
        return lock(chatId).isEmpty() ? null : possessions.get(chatId);
    }

    /** Since when this acquisition may be entitled although the lock is not its own any more; null: it may not. */
    @Nullable
    Long excusedSince(String nonce) {
        return excused.get(nonce);
    }

    /** Whether Redis has forgotten the holder of this chat's lock, so that its release cannot find it. */
    boolean isForgotten(String chatId) {
        return forgotten.contains(chatId);
    }

    /** Whether a plain pod took this chat's lock, which is another's of the same id, for its own. */
    boolean isConfused(String chatId) {
        return confused.contains(chatId);
    }

    long time() {
        return clock.getAsLong();
    }

    @Nullable
    Attempted attempted(String nonce) {
        return attempts.get(nonce);
    }

    /** When a command that takes or keeps this acquisition's lock was applied last. */
    long latest(String nonce) {
        return latest.getOrDefault(nonce, 0L);
    }

    @Override
    synchronized Acquisition acquire(Claim claim, @Nullable Holder overrule, boolean lookForMarker, Duration ttl) {
        Possession before = possession(claim.chatId());
        Duration left = lockLeft(claim.chatId());
        Acquisition answer = super.acquire(claim, overrule, lookForMarker, ttl);
        attempts.put(claim.nonce(), new Attempted(answer instanceof Acquisition.Busy, clock.getAsLong()));
        if (!(answer instanceof Acquisition.Won won)) {
            unchanged("an acquire that was not won", claim, left);
            return answer;
        }
        if (before != null && !before.nonce.equals(claim.nonce())) {
            if (overrule == null || !names(overrule, before, claim.chatId())) {
                touched("took", claim, before);
            }
            excused.put(before.nonce, clock.getAsLong());
        }
        forgotten.remove(claim.chatId());
        confused.remove(claim.chatId());
        Long known = fences.put(claim.nonce(), won.fence());
        if (known == null || known != won.fence()) {
            if (won.fence() <= highest.getOrDefault(claim.chatId(), 0L)) {
                broken.accept("d", claim + " got fence " + won.fence() + " after " + highest.get(claim.chatId()));
            }
            highest.merge(claim.chatId(), won.fence(), Math::max);
            highestKnown.merge(claim.chatId(), won.fence(), Math::max);
        }
        has(claim);
        return answer;
    }

    @Override
    synchronized Renewal renew(Renewing lease, Duration ttl) {
        Claim claim = lease.claim();
        Possession before = possession(claim.chatId());
        Duration left = lockLeft(claim.chatId());
        Renewal answer = super.renew(lease, ttl);
        if (answer instanceof Renewal.Renewed) {
            if (before == null || !before.nonce.equals(claim.nonce())) {
                touched("extended", claim, before);
            }
            below(lease, "keeps its lock");
            has(claim);
        } else if (answer instanceof Renewal.TakenAgain) {
            if (before != null) {
                touched("took again", claim, before);
            }
            below(lease, "comes back");
            has(claim);
        } else {
            unchanged("a renewal that was refused", claim, left);
        }
        return answer;
    }

    private void below(Renewing lease, String how) {
        long known = highestKnown.getOrDefault(lease.claim().chatId(), 0L);
        if (lease.fence() < known) {
            broken.accept("d", lease.claim() + " " + how + " with fence " + lease.fence() + " below " + known);
        }
    }

    @Override
    synchronized Released release(Releasing releasing) {
        Claim claim = releasing.claim();
        Possession before = possession(claim.chatId());
        Duration left = lockLeft(claim.chatId());
        Released answer = super.release(releasing);
        if (lock(claim.chatId()).isPresent()) {
            unchanged("a release", claim, left);
        } else if (before != null && !before.nonce.equals(claim.nonce())) {
            touched("deleted", claim, before);
        }
        return answer;
    }

    private boolean names(Holder overruled, Possession before, String chatId) {
        boolean unknown = overruled.nonce().equals(Holder.PLAIN) && (before.isPlain() || forgotten.contains(chatId));
        boolean plain = unknown || (before.isPlain() && meddled.contains(chatId));
        return overruled.streamId().equals(before.streamId)
                && (plain || overruled.nonce().equals(before.nonce));
    }

    private void has(Claim claim) {
        possessions.put(claim.chatId(), new Possession(claim.streamId(), claim.nonce()));
        excused.remove(claim.nonce());
        latest.put(claim.nonce(), clock.getAsLong());
    }

    /** Where a plain pod has the same id, and somebody deleted the lock before, nobody can tell the two apart. */
    private void touched(String how, Claim claim, @Nullable Possession before) {
        boolean sameId = before != null && before.isPlain() && before.streamId.equals(claim.streamId());
        if (sameId && meddled.contains(claim.chatId())) {
            confused(claim.chatId(), claim.streamId());
        } else {
            broken.accept("b", claim + " " + how + " the lock of " + before);
        }
    }

    private void unchanged(String what, Claim claim, Duration left) {
        if (!lockLeft(claim.chatId()).equals(left)) {
            broken.accept("b", what + " of " + claim + " changed the lock");
        }
    }

    @Override
    public synchronized boolean takeAsPlainPod(String chatId, String streamId, Duration ttl) {
        boolean taken = super.takeAsPlainPod(chatId, streamId, ttl);
        if (taken) {
            possessions.put(chatId, new Possession(streamId, PlainPod.nonce(chatId, streamId)));
            excused.remove(PlainPod.nonce(chatId, streamId));
        }
        return taken;
    }

    /** EXPIRE where the value is this id. */
    synchronized boolean extendAsPlainPod(String chatId, String streamId, Duration ttl) {
        Possession before = possession(chatId);
        if (before == null || !before.streamId.equals(streamId)) {
            return false;
        }
        if (!before.isPlain()) {
            confused(chatId, streamId);
        }
        super.deleteLock(chatId);
        return super.takeAsPlainPod(chatId, streamId, ttl);
    }

    private void confused(String chatId, String streamId) {
        confused.add(chatId);
        excused.put(PlainPod.nonce(chatId, streamId), clock.getAsLong());
    }

    /** DEL where the value is this id. */
    synchronized void deleteAsPlainPod(String chatId, String streamId) {
        Possession before = possession(chatId);
        if (before != null && before.streamId.equals(streamId)) {
            deleteLock(chatId);
        }
    }

    @Override
    public synchronized void deleteLock(String chatId) {
        Possession before = possession(chatId);
        if (before != null) {
            excused.put(before.nonce, clock.getAsLong());
            meddled.add(chatId);
        }
        super.deleteLock(chatId);
    }

    /** Redis has forgotten who came: nobody can know of the fences that it gave out. */
    @Override
    public synchronized void deleteRecord(String chatId) {
        highestKnown.remove(chatId);
        forgotten.add(chatId);
        super.deleteRecord(chatId);
    }
}
