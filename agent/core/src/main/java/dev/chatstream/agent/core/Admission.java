package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Holder;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
 * <p>Race: an answer, the deadline, a Stop and an interrupt all decide; the first to {@link #decide} does, and undoes what
 * the call had. A lock that is won after that is given back by its lease, which is closed by then.
 */
final class Admission {

    /** How it went. */
    sealed interface Outcome {
        record In(OpenStream stream) implements Outcome {}

        record Out(Entry refusal) implements Outcome {}
    }

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
    private final long enteredAt;
    private final long acquireTimeout;
    private final Markers marker;
    private final LockRequest request;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Supersession supersession;

    /** Guarded by this. */
    private Phase phase = Phase.QUEUED;

    private boolean timeIsUp;
    private boolean lastTry;
    private @Nullable Holder holder;
    private Timetable.@Nullable Timer deadline;

    Admission(Engine engine, OpenStream stream, OnBusy onBusy) {
        this.engine = engine;
        this.stream = stream;
        this.onBusy = onBusy;
        this.enteredAt = engine.now();
        this.acquireTimeout = Objects.requireNonNullElse(
                        stream.identity().call().rule().acquireTimeout(),
                        engine.settings().acquireTimeout())
                .toNanos();
        this.marker = new Markers(engine, stream);
        this.request = new LockRequest(engine, this, marker);
        this.supersession = new Supersession(engine, this, request);
    }

    /** Begins; called once. */
    void begin() {
        stream.waits(reason -> out(Refusals.aborted(stream, reason)));
        engine.registry().add(stream);
        if (engine.isStopping()) {
            stream.abort(AbortReason.SHUTDOWN, "the JVM ends"); // nobody else would see it any more
            return;
        }
        switch (engine.placeFor(this)) {
            case Chat.Placed.Granted granted -> ask();
            case Chat.Placed.Queued queued -> startWaiting();
            case Chat.Placed.InFront front -> {
                startWaiting();
                supersession.clear(front);
            }
            case Chat.Placed.Refused refused -> busy(refused.why(), refused.ownerStreamId());
            case Chat.Placed.Retired retired -> throw new IllegalStateException("a retired chat was used");
        }
    }

    private void startWaiting() {
        marker.lookBeforeWaiting();
        startDeadline();
    }

    private synchronized void startDeadline() {
        if (deadline == null && phase != Phase.DECIDED) {
            deadline = engine.timetable().after(enteredAt + acquireTimeout - engine.now(), this::timeIsUp);
        }
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

    /** The store could not be asked. */
    void unreachable(Failure failure) {
        if (engine.isObserving() || engine.settings().onRedisDown() == OnRedisDown.DEGRADE) {
            engine.tally().degraded.increment();
            in();
        } else {
            out(Refusals.unavailable(stream, failure));
        }
    }

    /** Another stream has the lock. */
    void busy(Holder by) {
        if (by.streamId().equals(stream.streamId())) {
            busy("the same message was sent twice", by.streamId());
        } else if (onBusy == OnBusy.REJECT || engine.isObserving()) {
            busy("another stream is open in it", by.streamId());
        } else {
            waitFor(by);
        }
    }

    private void waitFor(Holder by) {
        boolean over;
        synchronized (this) {
            holder = by;
            timeIsUp |= engine.now() - enteredAt >= acquireTimeout;
            over = onBusy == OnBusy.WAIT ? timeIsUp : lastTry;
        }
        if (over) {
            busy("it stayed busy for " + Narrator.millis(acquireTimeout), by.streamId());
        } else if (onBusy == OnBusy.SUPERSEDE) {
            startDeadline();
            supersession.tell(by);
        } else if (engine.settings().maxWaiters() == 0) {
            busy("max-waiters is 0", by.streamId());
        } else {
            startDeadline();
            waitForLook();
        }
    }

    /** Until the sweep finds the lock free, or another's. */
    void waitForLook() {
        boolean over;
        synchronized (this) {
            if (phase == Phase.DECIDED) {
                return;
            }
            phase = Phase.WAITING;
            over = timeIsUp;
        }
        engine.poll().look(this);
        if (over) {
            lastTry();
        } else if (engine.stepBack(this)) {
            backInQueue();
        }
    }

    private synchronized void backInQueue() {
        if (phase == Phase.WAITING) {
            phase = Phase.QUEUED;
        }
    }

    /** A superseder wants to go first; the call makes way if it only waits, now or when it is about to. */
    void makeWay() {
        if (isWaiting() && engine.stepBack(this)) {
            backInQueue();
        }
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
        Phase at;
        synchronized (this) {
            timeIsUp = true;
            at = phase;
        }
        switch (at) {
            case QUEUED -> stillQueued();
            case PAUSING, WAITING -> lastTry();
            case ASKING, DECIDED -> {} // the answer that is under way decides
        }
    }

    private void stillQueued() {
        OpenStream victim = onBusy == OnBusy.SUPERSEDE ? engine.overrule(this) : null;
        if (victim == null) {
            OpenStream open = engine.registry().holderOf(stream.chatId());
            busy("it stayed busy for " + Narrator.millis(acquireTimeout), open == null ? null : open.streamId());
            return;
        }
        synchronized (this) {
            phase = Phase.ASKING;
            lastTry = true;
        }
        request.send(victim.asHolder());
        victim.giveBack("after its superseder's acquire-timeout");
    }

    /** A lock that is free by now is never refused to a waiter; a superseder takes it if it is not. */
    void lastTry() {
        Holder overruled;
        synchronized (this) {
            if (phase == Phase.DECIDED || (phase == Phase.ASKING && lastTry)) {
                return;
            }
            phase = Phase.ASKING;
            lastTry = true;
            overruled = onBusy == OnBusy.SUPERSEDE ? holder : null;
        }
        request.send(overruled);
    }

    /** The waiting thread was interrupted: it waits for no chat any more, only for an answer that is under way. */
    void interrupted() {
        boolean waits;
        synchronized (this) {
            timeIsUp = true;
            lastTry = true;
            waits = phase != Phase.ASKING;
        }
        if (waits) {
            busy("the waiting thread was interrupted", null);
        }
    }

    /** A later superseder takes this one's turn. */
    void displaced() {
        stream.abort(AbortReason.SUPERSEDED, "by a later superseder");
    }

    private void busy(String why, @Nullable String owner) {
        if (engine.isObserving()) {
            if (decide()) {
                engine.enterWithoutLock(stream, why);
                outcome.complete(new Outcome.In(stream));
            }
            return;
        }
        engine.tally().busy.increment();
        out(Refusals.busy(stream, why, owner));
    }

    void in() {
        if (!decide()) {
            return;
        }
        boolean superseded = engine.openedPlace(this);
        marker.held();
        stream.open();
        engine.narrator().opened(stream, engine.now() - enteredAt);
        outcome.complete(new Outcome.In(stream));
        if (superseded) {
            stream.abort(AbortReason.SUPERSEDED, "by another call in this JVM");
        }
    }

    private void out(Entry refusal) {
        if (decide()) {
            stream.refuse();
            outcome.complete(new Outcome.Out(refusal));
        }
    }

    private synchronized boolean decide() {
        if (phase == Phase.DECIDED) {
            return false;
        }
        phase = Phase.DECIDED;
        if (deadline != null) {
            deadline.cancel();
        }
        return true;
    }

    synchronized boolean isDecided() {
        return phase == Phase.DECIDED;
    }

    synchronized boolean isWaiting() {
        return phase == Phase.WAITING;
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** The waiting thread goes; only an error of our own makes it. */
    void abandon() {
        out(Refusals.busy(stream, "its admission was given up", null));
    }

    OpenStream stream() {
        return stream;
    }

    OnBusy onBusy() {
        return onBusy;
    }

    /** A bound for the waiting thread that no path should ever reach. */
    long longest() {
        return acquireTimeout
                + 4 * engine.settings().commandTimeout().toNanos()
                + 2 * engine.settings().abortPoll().toNanos()
                + TimeUnit.SECONDS.toNanos(5);
    }
}
