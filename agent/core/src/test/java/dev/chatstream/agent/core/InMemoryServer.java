package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Asked;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Released;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import dev.chatstream.agent.core.LeaseStore.Standing;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What Redis keeps and its scripts do, in Java, under a clock of the test's own: locks, records and markers, each with
 * its time to live. Several {@link InMemoryStore}s on one server are several pods. Atomic as Redis is: one command at a
 * time.
 */
public class InMemoryServer implements Outside {

    private static final long FIRST_FENCE = 1_000_000_000_000_000L;
    private static final Duration MARKER_TTL = Duration.ofHours(1);

    private final LongSupplier nanos;
    private final Expiring<String> locks;
    private final Expiring<Entry> records;
    private final Expiring<String> markers;
    private long deleted;

    private enum State {
        OPEN,
        ASKED,
        CLOSED
    }

    private record Entry(String nonce, long fence, State state, String previous) {
        Entry in(State next) {
            return new Entry(nonce, fence, next, previous);
        }

        boolean isOpenFor(String other) {
            return nonce.equals(other) && state != State.CLOSED;
        }
    }

    /** @param nanos the clock, as {@link System#nanoTime}; it may begin anywhere and stand still */
    public InMemoryServer(LongSupplier nanos) {
        this.nanos = nanos;
        this.locks = new Expiring<>(nanos);
        this.records = new Expiring<>(nanos);
        this.markers = new Expiring<>(nanos);
    }

    synchronized Acquisition acquire(Claim claim, @Nullable Holder overrule, boolean lookForMarker, Duration ttl) {
        boolean marked = lookForMarker && markers.get(claim.streamId()) != null;
        String owner = locks.get(claim.chatId());
        Entry entry = records.get(claim.chatId());
        if (entry != null && entry.nonce.equals(claim.nonce()) && entry.state == State.CLOSED) {
            return new Acquisition.Spent();
        }
        boolean mine = entry != null && entry.isOpenFor(claim.nonce());
        String known = knownNonce(claim.chatId());
        boolean over = owner != null && overrule != null && overrule.equals(new Holder(owner, known));
        boolean again = owner != null && owner.equals(claim.streamId()) && known.equals(claim.nonce());
        if (owner != null && !over && !again) {
            return new Acquisition.Busy(new Holder(owner, known), marked);
        }
        long fence = mine ? entry.fence : Math.max(entry == null ? 0 : entry.fence + 1, clockFence());
        String previous = over ? overrule.nonce() : mine ? entry.previous : Holder.PLAIN;
        records.put(claim.chatId(), new Entry(claim.nonce(), fence, State.OPEN, previous), recordTtl(ttl));
        locks.put(claim.chatId(), claim.streamId(), ttl);
        return new Acquisition.Won(fence, marked);
    }

    synchronized Renewal renew(Renewing lease, Duration ttl) {
        Claim claim = lease.claim();
        String owner = locks.get(claim.chatId());
        Entry entry = records.get(claim.chatId());
        boolean mine = entry != null && entry.isOpenFor(claim.nonce()) && entry.fence == lease.fence();
        if (claim.streamId().equals(owner) && mine && speaksOfTheLock(claim.chatId())) {
            records.put(claim.chatId(), entry, recordTtl(ttl));
            locks.put(claim.chatId(), owner, ttl);
            return new Renewal.Renewed();
        }
        boolean forgotten = entry == null || !entry.nonce.equals(claim.nonce()) && entry.fence < lease.fence();
        boolean again = switch (lease.again()) {
            case NEVER -> false;
            case UNLESS_ANOTHER_CAME -> mine;
            case ALSO_WHEN_FORGOTTEN -> mine || forgotten;
        };
        if (owner == null && again) {
            Entry renewed = new Entry(claim.nonce(), lease.fence(), State.OPEN, Holder.PLAIN);
            records.put(claim.chatId(), renewed, recordTtl(ttl));
            locks.put(claim.chatId(), claim.streamId(), ttl);
            return new Renewal.TakenAgain();
        }
        if (entry != null && entry.previous.equals(claim.nonce())) {
            return new Renewal.Superseded();
        }
        return owner == null ? new Renewal.Gone() : new Renewal.Lost();
    }

    synchronized Released release(Releasing releasing) {
        Claim claim = releasing.claim();
        if (releasing.clearMarker()) {
            markers.remove(claim.streamId());
        }
        Entry entry = records.get(claim.chatId());
        if (entry == null || !entry.isOpenFor(claim.nonce())) {
            return new Released.Other();
        }
        boolean held = claim.streamId().equals(locks.get(claim.chatId())) && speaksOfTheLock(claim.chatId());
        if (held) {
            locks.remove(claim.chatId());
            deleted++;
        }
        records.put(claim.chatId(), entry.in(State.CLOSED), GuardSettings.KEEP);
        return held ? new Released.Deleted() : new Released.Gone();
    }

    /** How many locks their owners have given back; a release that found none is not counted. */
    public synchronized long deleted() {
        return deleted;
    }

    synchronized Asked ask(String chatId, Holder holder) {
        String owner = locks.get(chatId);
        if (owner == null || !holder.equals(new Holder(owner, knownNonce(chatId)))) {
            return new Asked.Moved();
        }
        Entry entry = records.get(chatId);
        if (entry == null || holder.nonce().equals(Holder.PLAIN)) {
            return new Asked.Plain();
        }
        records.put(chatId, entry.in(State.ASKED), records.left(chatId));
        return new Asked.Told();
    }

    synchronized Standing standing(Claim claim) {
        Entry entry = records.get(claim.chatId());
        if (entry == null) {
            return new Standing.NoRecord();
        }
        if (!entry.isOpenFor(claim.nonce())) {
            return new Standing.NotMine();
        }
        return entry.state == State.ASKED ? new Standing.MineButAsked() : new Standing.Mine();
    }

    synchronized Map<String, String> owners(Collection<String> chatIds) {
        Map<String, String> found = new HashMap<>();
        chatIds.forEach(id -> lock(id).ifPresent(owner -> found.put(id, owner)));
        return found;
    }

    @Override
    public synchronized Optional<String> lock(String chatId) {
        return Optional.ofNullable(locks.get(chatId));
    }

    @Override
    public synchronized Duration lockLeft(String chatId) {
        return locks.left(chatId);
    }

    @Override
    public synchronized Duration recordLeft(String chatId) {
        return records.left(chatId);
    }

    @Override
    public synchronized boolean takeAsPlainPod(String chatId, String streamId, Duration ttl) {
        if (locks.get(chatId) != null) {
            return false;
        }
        locks.put(chatId, streamId, ttl);
        return true;
    }

    @Override
    public synchronized void deleteLock(String chatId) {
        locks.remove(chatId);
    }

    @Override
    public synchronized void deleteRecord(String chatId) {
        records.remove(chatId);
    }

    @Override
    public synchronized boolean marked(String streamId) {
        return markers.get(streamId) != null;
    }

    @Override
    public synchronized void mark(String streamId) {
        markers.put(streamId, "1", MARKER_TTL);
    }

    @Override
    public synchronized Duration markerLeft(String streamId) {
        return markers.left(streamId);
    }

    synchronized void clear(String streamId) {
        markers.remove(streamId);
    }

    /** Forgets everything, as FLUSHALL does. */
    public synchronized void wipe() {
        locks.clear();
        records.clear();
        markers.clear();
    }

    private String knownNonce(String chatId) {
        Entry entry = records.get(chatId);
        boolean known = entry != null && entry.state != State.CLOSED && speaksOfTheLock(chatId);
        return known ? entry.nonce : Holder.PLAIN;
    }

    /** A record whose time to live has sunk to what it outlives its lock by speaks of a lock that has run out. */
    private boolean speaksOfTheLock(String chatId) {
        return records.left(chatId).compareTo(GuardSettings.KEEP) > 0;
    }

    private long clockFence() {
        return FIRST_FENCE + nanos.getAsLong() / 1000;
    }

    private static Duration recordTtl(Duration ttl) {
        return ttl.plus(GuardSettings.KEEP);
    }
}
