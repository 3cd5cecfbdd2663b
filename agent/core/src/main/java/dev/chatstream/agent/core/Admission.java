package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.LeaseStore.Holder;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call's way in: first to the place in this JVM, then to the lock in the store. Nothing here blocks; whoever may block
 * waits for the outcome.
 *
 * <pre>
 *   QUEUED ──place is free──▶ PAUSING ──▶ ASKING ──won──────────────▶ in
 *      ▲                                  │    ▲
 *      │ a superseder goes first     busy │    │ looks free, or time is up
 *      └──────────────────────────────── WAITING
 *   from everywhere: time is up, stopped, superseded, interrupted, shutdown ──▶ out
 * </pre>
 *
 * <p>Race, the deadline against the answer that is under way: the monitor decides; see {@link Decision} for the rest.
 */
final class Admission {

    private enum Phase {
        QUEUED,
        PAUSING,
        ASKING,
        WAITING,
        DECIDED
    }

    private final Engine engine;
    private final OpenStream stream;
    private final OnBusy onBusy;
    private final Patience patience;
    private final Markers marker;
    private final LockRequest request;
    private final Decision decision;
    private final Supersession supersession;

    /** Guarded by this. */
    private Phase phase = Phase.QUEUED;

    private boolean lastTry;
    private volatile @Nullable Holder holder;

    Admission(Engine engine, OpenStream stream, OnBusy onBusy) {
        this.engine = engine;
        this.stream = stream;
        this.onBusy = onBusy;
        Duration atMost = stream.identity().call().rule().acquireTimeout();
        this.patience = new Patience(
                engine, Objects.requireNonNullElse(atMost, engine.settings().acquireTimeout()), this::timeIsUp);
        this.marker = new Markers(engine, stream);
        this.decision = new Decision(engine, this, marker);
        this.request = new LockRequest(engine, this, marker);
        this.supersession = new Supersession(engine, this, request);
    }

    /** Begins; called once. */
    void begin() {
        stream.waits(decision::aborted);
        engine.registry().add(stream);
        if (engine.isStopping()) {
            stream.abort(AbortReason.SHUTDOWN, "the JVM ends"); // nobody else would see it any more
            return;
        }
        switch (engine.places().enter(this)) {
            case Chat.Placed.Granted granted -> ask();
            case Chat.Placed.Queued queued -> queue();
            case Chat.Placed.InFront front -> {
                queue();
                supersession.clear(front);
            }
            case Chat.Placed.Refused refused -> decision.busy(refused.why(), refused.ownerStreamId());
            case Chat.Placed.Retired retired -> throw new IllegalStateException("a retired chat was used");
        }
    }

    private void queue() {
        marker.lookBeforeWaiting();
        patience.start();
    }

    /** The place in this JVM is this call's. */
    void granted(boolean afterPause) {
        synchronized (this) {
            if (phase == Phase.DECIDED) {
                return; // whoever decided gives the place on
            }
            phase = Phase.PAUSING;
        }
        if (afterPause && engine.hasStore()) {
            engine.timetable().after(engine.settings().abortPoll().toNanos(), this::ask); // other pods get a turn
        } else {
            ask();
        }
    }

    private void ask() {
        synchronized (this) {
            if (phase == Phase.DECIDED || phase == Phase.ASKING) {
                return;
            }
            phase = Phase.ASKING;
        }
        request.send(null);
    }

    /** Another stream has the lock, and the policy is to wait. */
    void waitFor(Holder by) {
        boolean over;
        holder = by;
        synchronized (this) {
            over = onBusy == OnBusy.WAIT ? patience.isOver() : lastTry;
        }
        if (over) {
            decision.busy(patience.spent(), by.streamId());
        } else if (onBusy == OnBusy.SUPERSEDE) {
            patience.start();
            supersession.tell(by);
        } else if (engine.settings().maxWaiters() == 0) {
            decision.busy("max-waiters is 0", by.streamId());
        } else {
            patience.start();
            waitForLook();
        }
    }

    /** Until the sweep finds the lock free, or another's. */
    void waitForLook() {
        synchronized (this) {
            if (phase == Phase.DECIDED) {
                return;
            }
            phase = Phase.WAITING;
        }
        engine.poll().look(this);
        if (patience.isOver()) {
            lastTry();
        } else {
            makeWay();
        }
    }

    /** A superseder may want to go first; the call makes way if it only waits, now or when it is about to. */
    void makeWay() {
        if (change(Phase.WAITING, Phase.QUEUED) && !engine.places().stepBack(this)) {
            change(Phase.QUEUED, Phase.WAITING); // nobody wants to
        }
    }

    private synchronized boolean change(Phase from, Phase to) {
        boolean changes = phase == from;
        phase = changes ? to : phase;
        return changes;
    }

    /** What the sweep found; true: no more looks are needed. */
    boolean looked(@Nullable String owner) {
        synchronized (this) {
            if (phase != Phase.WAITING) {
                return true;
            }
            if (holder != null && holder.streamId().equals(owner)) {
                return false;
            }
        }
        ask();
        return true;
    }

    private void timeIsUp() {
        switch (phase()) {
            case QUEUED -> stillQueued();
            case PAUSING, WAITING -> lastTry();
            case ASKING, DECIDED -> {} // the answer that is under way decides
        }
    }

    private void stillQueued() {
        OpenStream victim = onBusy == OnBusy.SUPERSEDE ? engine.places().overrule(this) : null;
        if (victim != null) {
            lastTry(victim.asHolder());
            victim.giveBack("after its superseder's acquire-timeout");
            return;
        }
        OpenStream open = engine.places().holderOf(stream.chatId());
        decision.busy(patience.spent(), open == null ? null : open.streamId());
    }

    /** A lock that is free by now is never refused to a waiter; a superseder takes it if it is not. */
    private void lastTry() {
        lastTry(onBusy == OnBusy.SUPERSEDE ? holder : null);
    }

    private void lastTry(@Nullable Holder overruled) {
        synchronized (this) {
            if (phase == Phase.DECIDED || phase == Phase.ASKING) {
                return;
            }
            phase = Phase.ASKING;
            lastTry = true;
        }
        request.send(overruled);
    }

    /** The waiting thread was interrupted: it waits for no chat any more, only for an answer that is under way. */
    void interrupted() {
        boolean waits;
        synchronized (this) {
            patience.giveUp();
            lastTry = true;
            waits = phase != Phase.ASKING;
        }
        if (waits) {
            decision.busy("the waiting thread was interrupted", null);
        }
    }

    /** Decided: nothing is waited for any more. */
    synchronized void waitsNoMore() {
        phase = Phase.DECIDED;
        patience.cancel();
    }

    boolean isWaiting() {
        return phase() == Phase.WAITING;
    }

    private synchronized Phase phase() {
        return phase;
    }

    Decision decision() {
        return decision;
    }

    OpenStream stream() {
        return stream;
    }

    OnBusy onBusy() {
        return onBusy;
    }

    Patience patience() {
        return patience;
    }
}
