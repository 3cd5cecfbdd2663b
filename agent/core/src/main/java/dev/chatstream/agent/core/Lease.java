package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM knows of one acquisition.
 *
 * <pre>
 *             won                      lost, gone, superseded, ran out
 *   Wanting ───────▶ Held(deadline) ──────────────────────────────────▶ Lost
 *      │              │    ▲ renewed                                     │
 *      │              │    └──┘                                          │
 *      └──────────────┴────────────▶ Closed ◀────────────────────────────┘
 * </pre>
 *
 * <p>Race: completion, abort, loss and shutdown all end a lease; the compare-and-set on the state decides, once.
 *
 * <p>The deadline is the time just before the send, plus the TTL: never the time of the reply, never the wall clock. Every
 * send that may take the lock is counted, so that the release knows for how long a late one can still arrive.
 */
final class Lease {

    private sealed interface State {
        /** No lock yet: the call waits, or entered without the store and joins when that is back. */
        record Wanting() implements State {}

        record Held(long deadline) implements State {}

        record Lost() implements State {}

        record Closed() implements State {}
    }

    /** Why a lease ended without its stream. */
    enum Loss {
        TO_ANOTHER,
        GONE,
        SUPERSEDED,
        RAN_OUT
    }

    /** What a renewal's answer changed. */
    sealed interface Change {
        record None() implements Change {}

        record TakenAgain() implements Change {}

        record Lost(Loss loss) implements Change {}
    }

    private static final State WANTING = new State.Wanting();
    private static final State LOST = new State.Lost();
    private static final State CLOSED = new State.Closed();
    private static final Change NONE = new Change.None();

    private static final AtomicReferenceFieldUpdater<Lease, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Lease.class, State.class, "state");

    private final Claim claim;
    private final RenewalPlan plan;
    private final Sends sends;
    private volatile State state = WANTING;
    private volatile long fence;
    private boolean keyFailed;

    Lease(Claim claim, RenewalPlan.Terms terms) {
        this.claim = claim;
        this.plan = new RenewalPlan(terms);
        this.sends = new Sends(terms.ttl());
    }

    Claim claim() {
        return claim;
    }

    Sends sends() {
        return sends;
    }

    long fence() {
        return fence;
    }

    boolean isWanting() {
        return state instanceof State.Wanting;
    }

    /** Held, as far as this JVM knows: its deadline may have passed. */
    boolean isHeld() {
        return state instanceof State.Held;
    }

    boolean isLost() {
        return state instanceof State.Lost;
    }

    boolean isClosed() {
        return state instanceof State.Closed;
    }

    /** How long the stream is still entitled; zero or less where it is not. */
    long remaining(long now) {
        return state instanceof State.Held held ? held.deadline() - now : 0;
    }

    /** An acquire goes out now; false where none may go out any more, so that nothing comes after the release. */
    synchronized boolean beginsAcquire(long now) {
        if (!isWanting()) {
            return false;
        }
        sends.sending(now);
        return true;
    }

    /** An answer to an acquire that was sent at this time; true: the lease is held from now on. */
    boolean acquired(Acquisition answer, long sentAt) {
        sends.answered(answer, sentAt);
        return answer instanceof Acquisition.Won won && won(won.fence(), sentAt);
    }

    private synchronized boolean won(long newFence, long sentAt) {
        if (!STATE.compareAndSet(this, WANTING, new State.Held(sentAt + plan.ttl()))) {
            return false; // closed meanwhile: its release is under way
        }
        fence = newFence;
        plan.confirmed(sentAt);
        return true;
    }

    /**
     * The renewal to send now, if one is due before the next tick; it counts as sent. Never two at once.
     *
     * @param aborted an aborted stream never takes its lock again: somebody may have deleted it on purpose
     */
    synchronized @Nullable Renewing due(long now, boolean aborted) {
        if (!(state instanceof State.Held held) || !plan.isDue(now)) {
            return null;
        }
        plan.check(now, held.deadline());
        plan.begins(now);
        sends.sending(now);
        return new Renewing(claim, fence, plan.again(now, held.deadline(), aborted));
    }

    /** The renewal is out. */
    synchronized void renewalSent() {
        plan.sent();
    }

    /** The answer to a renewal that was sent at this time. */
    Change renewed(Renewal answer, long sentAt, long now) {
        sends.answered(answer, sentAt);
        synchronized (this) {
            plan.answered();
            return switch (answer) {
                case Renewal.Renewed r -> extend(sentAt, NONE);
                case Renewal.TakenAgain t -> extend(sentAt, new Change.TakenAgain());
                case Renewal.Lost l -> lose(Loss.TO_ANOTHER);
                case Renewal.Gone g -> lose(Loss.GONE);
                case Renewal.Superseded s -> lose(Loss.SUPERSEDED);
                case Failure f -> {
                    plan.failed(now);
                    yield NONE;
                }
            };
        }
    }

    private Change extend(long sentAt, Change change) {
        State before = state;
        if (!(before instanceof State.Held)
                || !STATE.compareAndSet(this, before, new State.Held(sentAt + plan.ttl()))) {
            return NONE;
        }
        plan.confirmed(sentAt);
        return change;
    }

    /** The lease ran out because the store could not be reached, and the policy is not to run on without. */
    synchronized Change runOut(long now) {
        if (!(state instanceof State.Held held)) {
            return NONE;
        }
        plan.check(now, held.deadline());
        return plan.isOver() ? lose(Loss.RAN_OUT) : NONE;
    }

    /** The lease is another's from now on, whatever the store says later. */
    Change lose(Loss loss) {
        State before = state;
        while (!(before instanceof State.Lost || before instanceof State.Closed)) {
            if (STATE.compareAndSet(this, before, LOST)) {
                return new Change.Lost(loss);
            }
            before = state;
        }
        return NONE;
    }

    /** Nothing is renewed or taken any more; true for the first one to say so, who sees to the release. */
    synchronized boolean close() {
        return !(STATE.getAndSet(this, CLOSED) instanceof State.Closed);
    }

    /** Its key cannot be used, whatever for; true for the first time. */
    synchronized boolean failsForTheFirstTime() {
        boolean first = !keyFailed;
        keyFailed = true;
        return first;
    }

    Duration remainingAsDuration(long now) {
        return Duration.ofNanos(Math.max(0, remaining(now)));
    }
}
