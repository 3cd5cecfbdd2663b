package dev.chatstream.agent.core;

import dev.chatstream.agent.core.Course.Phase;
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
 * <p>Race, the deadline against the answer that is under way: the {@link Course} decides; see {@link Decision} for the rest.
 */
final class Admission {

    private final Engine engine;
    private final OpenStream stream;
    private final OnBusy onBusy;
    private final Patience patience;
    private final LockRequest request;
    private final Decision decision;
    private final Supersession supersession;

    private final Course course = new Course();
    private volatile @Nullable Holder holder;

    Admission(Engine engine, OpenStream stream, OnBusy onBusy) {
        this.engine = engine;
        this.stream = stream;
        this.onBusy = onBusy;
        Duration atMost = stream.identity().call().rule().acquireTimeout();
        this.patience = new Patience(
                engine, Objects.requireNonNullElse(atMost, engine.settings().acquireTimeout()), this::timeIsUp);
        this.decision = new Decision(engine, this);
        this.request = new LockRequest(engine, this);
        this.supersession = new Supersession(engine, this, request);
    }

    void begin() {
        stream.waits(decision);
        engine.registry().add(stream);
        stream.abortReason().ifPresent(decision::aborted); // race, a Stop of a prepared stream: either sees the other
        if (decision.isMade()) {
            return;
        }
        if (engine.isStopping()) {
            stream.abort(AbortReason.SHUTDOWN, "the JVM ends"); // nobody else would see it any more
            return;
        }
        Chat.Placed placed = engine.places().enter(this);
        if (stream.lifetime().hasEnded()) {
            engine.places().leave(stream); // stopped on its way to the place: whoever did so found it nowhere
        }
        switch (placed) {
            case Chat.Placed.Granted granted -> ask(Phase.QUEUED, null);
            case Chat.Placed.Queued queued -> queue();
            case Chat.Placed.Undecided undecided -> {} // the answer to the one before decides
            case Chat.Placed.InFront front -> {
                queue();
                supersession.clear(front);
            }
            case Chat.Placed.Refused refused -> decision.busy(refused.why(), refused.ownerStreamId());
            case Chat.Placed.Retired retired -> throw new IllegalStateException("a retired chat was used");
        }
    }

    private void queue() {
        stream.markers().lookBeforeWaiting();
        beginsToWait();
    }

    /** True for the first time. Race, a switch of the mode: see {@link Enforcement#switchTo}. */
    private boolean beginsToWait() {
        boolean first = patience.start();
        if (engine.isObserving()) {
            decision.enforcedNoMore();
        }
        return first;
    }

    /** The place in this JVM is this call's; where it is decided already, whoever decided gives the place on. */
    void granted(boolean afterPause) {
        if (afterPause && engine.hasStore() && course.change(Phase.QUEUED, Phase.PAUSING)) {
            engine.timetable()
                    .after(engine.settings().abortPoll().toNanos(), () -> ask(Phase.PAUSING, null)); // others' turn
        } else {
            ask(Phase.QUEUED, null);
        }
    }

    private void ask(Phase from, @Nullable Holder overruled) {
        if (course.change(from, Phase.ASKING)) {
            request.send(overruled);
        }
    }

    /** Another stream has the lock, and the policy is to wait. */
    void waitFor(Holder by) {
        holder = by;
        if (course.isInterrupted() || (onBusy == OnBusy.WAIT ? patience.isOver() : course.isLastTry())) {
            giveUp();
            return;
        }
        boolean begins = beginsToWait();
        if (onBusy == OnBusy.SUPERSEDE) {
            supersession.tell(by);
            return;
        }
        waitForLook();
        if (begins) {
            engine.places().refuseOneTooMany(this);
        }
    }

    /** Until the sweep finds the lock free, or another's. */
    void waitForLook() {
        if (!course.waits()) {
            return;
        }
        engine.poll().look(this);
        if (course.isInterrupted()) {
            giveUp();
        } else if (patience.isOver()) {
            timeIsUp();
        } else {
            makeWay();
        }
        engine.places().taken(stream.chatId());
    }

    /** A superseder may want to go first; the call makes way if it only waits, now or when it is about to. */
    void makeWay() {
        Runnable handOver = course.makeWay(() -> engine.places().stepBack(this));
        if (handOver != null) {
            handOver.run();
        }
    }

    /** What the sweep found. */
    void looked(@Nullable String owner) {
        Holder known = holder;
        boolean tells = onBusy == OnBusy.SUPERSEDE;
        if (known == null || !known.streamId().equals(owner) || (tells && !supersession.hasTold(known))) {
            ask(Phase.WAITING, null);
        }
    }

    /** A lock that is free by now is never refused to a waiter; a superseder takes it if it is not. */
    private void timeIsUp() {
        Phase phase = course.phase();
        switch (phase) {
            case QUEUED -> stillQueued();
            case PAUSING, WAITING -> {
                if (course.changeToLastTry(phase)) {
                    request.send(onBusy == OnBusy.SUPERSEDE ? holder : null);
                } else {
                    timeIsUp(); // it has moved on meanwhile
                }
            }
            case ASKING, DECIDED -> {} // the answer that is under way decides
        }
    }

    /** Its time is up, or it never wanted to wait; whoever is before it may not have been answered yet. */
    void stillQueued() {
        if (engine.places().isUndecided(stream.chatId()) && awaitsAnswers()) {
            return;
        }
        OpenStream victim = onBusy == OnBusy.SUPERSEDE ? engine.places().overrule(this) : null;
        if (victim == null) {
            giveUp();
            return;
        }
        Eviction.bySuperseder(engine, victim, () -> {
            if (course.changeToLastTry(Phase.QUEUED)) {
                request.send(victim.asHolder());
            }
        });
    }

    /** The waiting thread was interrupted: it waits for no chat any more, only for an answer that is under way. */
    void interrupted() {
        if (course.interrupt()) {
            giveUp();
        }
    }

    private void giveUp() {
        String spent = onBusy == OnBusy.REJECT ? "another stream is open in it" : patience.spent();
        String why = course.isInterrupted() ? "the waiting thread was interrupted" : spent;
        decision.busy(why, engine.places().ownerOf(stream.chatId()));
    }

    /** Decided: nothing is waited for any more. */
    void waitsNoMore() {
        course.decide();
        patience.cancel();
        engine.poll().forget(this);
    }

    /** While only observing, a call waits for nobody else's answer. */
    boolean awaitsAnswers() {
        return !engine.isObserving();
    }

    /** Whether it is known, where it has the place, that it has to wait. Takes no monitor. */
    boolean waits() {
        Phase phase = course.phase();
        return phase == Phase.WAITING || phase == Phase.PAUSING;
    }

    /** Whether it does not wait for a chat that is another's, or no longer. Takes no monitor. */
    boolean isImpatient() {
        return onBusy == OnBusy.REJECT || patience.isOver();
    }

    /** Who has the lock, as far as this call has been told; null where nobody has told it. Takes no monitor. */
    @Nullable
    String holderId() {
        Holder known = holder;
        return known == null ? null : known.streamId();
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
