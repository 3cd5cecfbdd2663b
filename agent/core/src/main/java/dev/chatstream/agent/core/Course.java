package dev.chatstream.agent.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where one call is on its way in: every step from one phase to the next is made here, under one monitor. */
final class Course {

    /** As drawn in {@link Admission}. */
    enum Phase {
        QUEUED,
        PAUSING,
        ASKING,
        WAITING,
        DECIDED
    }

    private volatile Phase phase = Phase.QUEUED;
    private boolean lastTry;
    private boolean interrupted;

    /** Takes no monitor. */
    Phase phase() {
        return phase;
    }

    /** Makes one step; false where the call is not where it was thought to be any more. */
    synchronized boolean change(Phase from, Phase to) {
        boolean changes = phase == from;
        phase = changes ? to : phase;
        return changes;
    }

    /** As {@link #change} to asking; whatever the answer is, it is the last. */
    synchronized boolean changeToLastTry(Phase from) {
        boolean changes = change(from, Phase.ASKING);
        lastTry |= changes;
        return changes;
    }

    synchronized boolean isLastTry() {
        return lastTry;
    }

    /** From asking to waiting; false where it is decided. */
    synchronized boolean waits() {
        phase = phase == Phase.ASKING ? Phase.WAITING : phase;
        return phase != Phase.DECIDED;
    }

    /** A call that only waits goes back to the queue, if the chat has somebody who goes before it. */
    synchronized @Nullable Runnable makeWay(Supplier<@Nullable Runnable> stepBack) {
        boolean onlyWaits = phase == Phase.WAITING || phase == Phase.PAUSING;
        Runnable handOver = onlyWaits ? stepBack.get() : null;
        phase = handOver == null ? phase : Phase.QUEUED;
        return handOver;
    }

    /** The waiting thread was interrupted; true: no answer is under way that would have to be waited for. */
    synchronized boolean interrupt() {
        interrupted = true;
        return phase != Phase.ASKING;
    }

    synchronized boolean isInterrupted() {
        return interrupted;
    }

    synchronized void decide() {
        phase = Phase.DECIDED;
    }
}
