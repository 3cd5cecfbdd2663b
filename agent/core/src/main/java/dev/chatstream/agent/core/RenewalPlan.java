package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.LeaseStore.Again;

/** When a lease that is held is renewed next, and whether its renewal may take it again. Guarded by its lease. */
final class RenewalPlan {

    /** What is the same for all leases; times in nanoseconds. */
    record Terms(long ttl, long heartbeat, long tick, OnRedisDown onRedisDown) {
        /** Nanoseconds after which a thread that is to renew and does not counts no more, in time for another one. */
        long stuckAfter() {
            return ttl / 4;
        }

        static Terms of(GuardSettings settings) {
            return new Terms(
                    settings.lockTtl().toNanos(),
                    settings.heartbeat().toNanos(),
                    settings.abortPoll().toNanos(),
                    settings.onRedisDown());
        }
    }

    /** Why the deadline passed, as it was known when that was noticed. */
    private enum RanOut {
        NOT,
        /** The store could not be reached. */
        UNREACHABLE,
        /** This JVM stood still. */
        PAUSED
    }

    private final Terms terms;
    private long dueAt;
    private boolean underWay;
    private boolean sent;
    private boolean failing;
    private long lastConfirmed;
    private RanOut ranOut = RanOut.NOT;

    RenewalPlan(Terms terms) {
        this.terms = terms;
    }

    long ttl() {
        return terms.ttl();
    }

    /** Whether a renewal is due before the next tick, and none is under way. */
    boolean isDue(long now) {
        return !sent && dueAt - now <= (underWay ? 0 : terms.tick());
    }

    /** One is about to be sent; if its thread stands still before that, it does not count after a while. */
    void begins(long now) {
        underWay = true;
        dueAt = now + terms.stuckAfter();
    }

    void sent() {
        sent = underWay;
    }

    void answered() {
        underWay = false;
        sent = false;
    }

    /** The lock is ours, by a command that was sent at this time. */
    void confirmed(long sentAt) {
        dueAt = sentAt + terms.heartbeat();
        lastConfirmed = sentAt;
        failing = false;
        ranOut = RanOut.NOT;
    }

    /** Unknown is not lost: again at the next tick. */
    void failed(long now) {
        failing = true;
        dueAt = now;
    }

    /** Takes note of a deadline that has passed. */
    void check(long now, long deadline) {
        if (ranOut == RanOut.NOT && now - deadline >= 0) {
            ranOut = failing ? RanOut.UNREACHABLE : RanOut.PAUSED;
        }
    }

    /** Whether the lease is over, since it ran out, the store cannot be asked, and the policy is not to run on without. */
    boolean isOver() {
        return ranOut != RanOut.NOT && failing && terms.onRedisDown() == OnRedisDown.REJECT;
    }

    /** @param aborted an aborted stream never takes its lock again: somebody may have deleted it on purpose */
    Again again(long now, long deadline, boolean aborted) {
        if (aborted) {
            return Again.NEVER;
        }
        if (now - deadline < 0) {
            return Again.ALSO_WHEN_FORGOTTEN;
        }
        if (ranOut == RanOut.UNREACHABLE && terms.onRedisDown() == OnRedisDown.DEGRADE) {
            // As long as the record of anyone who came between is certainly still there.
            return now - lastConfirmed <= GuardSettings.KEEP.toNanos() ? Again.ALSO_WHEN_FORGOTTEN : Again.NEVER;
        }
        return Again.UNLESS_ANOTHER_CAME;
    }
}
