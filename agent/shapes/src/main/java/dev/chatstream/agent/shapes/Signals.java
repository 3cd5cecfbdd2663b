package dev.chatstream.agent.shapes;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Which signals a consumer may still get. The source's end, the consumer's cancel and an abort meet in one field, and it
 * decides: the consumer hears one signal at a time, and one last signal. An abort may come from any thread: while an element, or
 * the greeting, is on its way to the consumer, whoever brings that tells it of the abort afterwards. Elements may nest, where a
 * source answers a request at once.
 *
 * <p>Costs an element two atomic additions, and nothing on the heap.
 */
abstract class Signals {

    private static final int ABORTED = 1;
    private static final int OVER = 2;
    private static final int CANCELLED = 4;
    private static final int GREETED = 8;
    private static final int ELEMENT = 16;

    private static final AtomicIntegerFieldUpdater<Signals> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Signals.class, "state");

    private volatile int state;

    /** Gives the consumer its subscription, or whatever it may cancel by. */
    protected abstract void greet();

    /** The consumer is to be told of the abort, and nothing else is on its way to it. */
    abstract void tellOfAbort();

    /** Unless that was done before. */
    final void greetOnce() {
        int before = STATE.getAndUpdate(this, now -> (now & GREETED) != 0 ? now : (now | GREETED) + ELEMENT);
        if ((before & GREETED) == 0) {
            try {
                greet();
            } finally {
                left();
            }
        }
    }

    /** An element is on its way to the consumer; {@link #left} is to be called after it. False: it does not get it any more. */
    protected final boolean enters() {
        if ((STATE.addAndGet(this, ELEMENT) & (ABORTED | OVER)) == 0) {
            return true;
        }
        left();
        return false;
    }

    /** The consumer has had it. */
    protected final void left() {
        int now = STATE.addAndGet(this, -ELEMENT);
        if ((now & ABORTED) != 0 && now < ELEMENT) {
            tellOfAbort();
        }
    }

    /** The source is over; false: the consumer has had its last signal, or is to be told of an abort. */
    final boolean ends() {
        int now;
        do {
            now = state;
            if ((now & (ABORTED | OVER)) != 0) {
                return false;
            }
        } while (!STATE.compareAndSet(this, now, now | OVER));
        return true;
    }

    /**
     * The consumer cancels; true: nothing else has ended it before. Inside its last signal the source may be subscribed to
     * again, so there a cancel is no end.
     */
    final boolean cancelsFirst() {
        int before = STATE.getAndUpdate(this, now -> now | CANCELLED);
        return (before & (CANCELLED | OVER)) == 0;
    }

    /** What an abort finds. */
    enum Abort {
        TELL,
        /** Whoever brings what is on its way tells it. */
        TOLD_BY_ANOTHER,
        TOO_LATE
    }

    final Abort aborts() {
        int before = STATE.getAndUpdate(this, now -> now | ABORTED);
        if ((before & (OVER | CANCELLED)) != 0) {
            return Abort.TOO_LATE;
        }
        return before < ELEMENT ? Abort.TELL : Abort.TOLD_BY_ANOTHER;
    }

    /** The last signal is that of an abort; false: there was one. */
    final boolean endsByAbort() {
        return (STATE.getAndUpdate(this, now -> now | OVER) & OVER) == 0;
    }

    final boolean isCancelled() {
        return (state & CANCELLED) != 0;
    }

    /** Whether nothing of the source is wanted any more. */
    final boolean isDone() {
        return (state & (ABORTED | CANCELLED | OVER)) != 0;
    }
}
