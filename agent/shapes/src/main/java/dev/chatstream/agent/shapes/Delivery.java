package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Subscriptions.Seat;
import dev.chatstream.agent.core.Subscriptions.Turn;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to a returned publisher, between its source and its consumer. What a library's kind of subscriber adds
 * is how the two are talked to.
 *
 * <pre>
 *   begin ──has its stream──▶ start: the source is subscribed to ──▶ elements ──▶ over
 *     └──waits for its chat: the consumer is greeted first ──┘          │
 *     └──refused: the consumer gets the exception                       └──▶ aborted: source cancelled, consumer told
 * </pre>
 *
 * <p>Race, the source's end, the consumer's cancel and an abort: one field decides. An abort may come from any thread, and the
 * consumer hears one signal at a time: while an element (or the greeting) is on its way to it, whoever brings that tells it
 * of the abort afterwards. Elements may nest, where a source answers a request at once.
 */
public abstract class Delivery {

    private static final int ABORTED = 1;
    private static final int OVER = 2;
    private static final int CANCELLED = 4;
    private static final int GREETED = 8;
    private static final int ELEMENT = 16;

    private static final AtomicIntegerFieldUpdater<Delivery> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Delivery.class, "state");

    private final Publication publication;
    private volatile int state;
    private volatile @Nullable Turn turn;
    private volatile Entry.@Nullable Member member;
    private volatile @Nullable Outlet outlet;

    /** The consumer has a value that goes on, and the stream with it. */
    private volatile boolean handedOn;

    /** How the consumer is told of an abort; null: it sees a normal end. */
    private volatile @Nullable RuntimeException abort;

    protected Delivery(Publication publication) {
        this.publication = publication;
    }

    /** Gives the consumer its subscription, or whatever it may cancel by. */
    protected abstract void greet();

    /** Subscribes to the source; runs inside the stream. */
    protected abstract void start();

    /** Cancels the source where that has come ({@link #arrived}); may be called again. */
    protected abstract void cancelSource();

    /** The last signal: an error. */
    protected abstract void fail(Throwable failure);

    /** The last signal: a normal end, without a value. */
    protected abstract void complete();

    /** The source has come: it is to hear what the consumer wanted meanwhile, where that was greeted before. */
    void sourceCame() {}

    /** Whether the consumer can be told of a normal end without a value. */
    protected boolean canComplete() {
        return true;
    }

    /** The consumer has subscribed. */
    public final void begin() {
        Turn mine = publication.turn();
        CompletableFuture<Seat> seat = mine.seat();
        if (seat.isDone()) {
            seated(seat);
            return;
        }
        turn = mine;
        greetOnce();
        ClassLoader contextLoader = Thread.currentThread().getContextClassLoader();
        var unused = seat.whenComplete((known, fault) -> Hop.start("chatstream-subscribe", () -> {
            Thread.currentThread().setContextClassLoader(contextLoader);
            startLate(seat);
        }));
    }

    /** Nobody is there to hear what is thrown but the consumer. */
    private void startLate(CompletableFuture<Seat> seat) {
        try {
            seated(seat);
        } catch (Throwable thrown) {
            last(() -> fail(thrown));
        }
    }

    private void seated(CompletableFuture<Seat> seat) {
        Seat known;
        try {
            known = seat.join();
        } catch (RuntimeException fault) {
            publication.failed(fault);
            start();
            return;
        }
        switch (known) {
            case Seat.Taken taken -> seated(taken.member());
            case Seat.Refused refused -> refused(refused.refusal());
        }
    }

    private void seated(Entry.Member mine) {
        Outlet opened = publication.outlet(mine);
        member = mine;
        outlet = opened;
        if ((state & CANCELLED) != 0) { // race, the consumer's cancel against the seat: either sees the other
            opened.end();
            return;
        }
        opened.onAbortFor(this, Delivery::abort);
        opened.endIfForgotten(this);
        try {
            mine.stream().wrap(this::start).run();
        } catch (Throwable thrown) {
            opened.end(); // whoever subscribes hears of it, as without us
            throw thrown;
        }
    }

    private void refused(Entry.Refusal refusal) {
        if ((state & CANCELLED) != 0) {
            return;
        }
        boolean completes = canComplete()
                && refusal instanceof Entry.Aborted aborted
                && aborted.reason() == AbortReason.STOPPED
                && publication.completesOnStop();
        greetOnce();
        last(completes ? this::complete : () -> fail(publication.exception(refusal)));
    }

    private void greetOnce() {
        int before = STATE.getAndUpdate(this, now -> (now & GREETED) != 0 ? now : (now | GREETED) + ELEMENT);
        if ((before & GREETED) == 0) {
            try {
                greet();
            } finally {
                left();
            }
        }
    }

    /** The source has answered, and can be cancelled from now on; the consumer hears of it unless it was greeted before. */
    protected final void arrived() {
        if ((state & (ABORTED | CANCELLED | OVER)) != 0) {
            cancelSource(); // race, an abort or a cancel against the source's coming: either sees the other
            return;
        }
        sourceCame();
        greetOnce();
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

    /**
     * The source is over: the consumer gets its last signal, unless it was told of an abort, and then the stream ends.
     *
     * @param signal hands it over
     */
    protected final void last(Runnable signal) {
        int now;
        do {
            now = state;
            if ((now & (ABORTED | OVER)) != 0) {
                return;
            }
        } while (!STATE.compareAndSet(this, now, now | OVER));
        end(signal);
    }

    private void end(Runnable signal) {
        try {
            Publication.ending(this, signal);
        } finally {
            endStream();
        }
    }

    /** Off the consumer's thread, which may be an event loop. */
    private void endStream() {
        Outlet opened = outlet;
        if (opened != null && !handedOn) {
            Hop.start("chatstream-end", opened::end);
        }
    }

    /** What the consumer gets of its one value: that may go on after the delivery, and the stream with it. */
    @SuppressWarnings("unchecked") // a shape keeps the type
    protected final <V extends @Nullable Object> V handedOver(V value) {
        Outlet opened = outlet;
        Object instead = opened == null ? null : opened.goesOn(value);
        handedOn = instead != null;
        return instead == null ? value : (V) instead;
    }

    /** The consumer has gone. */
    protected final void cancelled() {
        int before = STATE.getAndUpdate(this, now -> now | CANCELLED);
        if ((before & CANCELLED) != 0) {
            cancelSource();
            return;
        }
        Turn waiting = turn;
        if (waiting != null) {
            waiting.withdraw();
        }
        try {
            cancelSource();
        } finally {
            if ((before & OVER) == 0) {
                endStream(); // else after its last signal, inside of which it may be subscribed to again
            }
        }
    }

    private void abort(AbortReason reason) {
        Outlet opened = outlet;
        boolean completes =
                opened != null && canComplete() && reason == AbortReason.STOPPED && opened.completesOnStop();
        abort = opened == null || completes ? null : opened.exception(reason);
        int before = STATE.getAndUpdate(this, now -> now | ABORTED);
        if ((before & (OVER | CANCELLED)) != 0) {
            return;
        }
        try {
            cancelSource();
        } catch (Throwable itsOwn) {
            publication.consumerFailed(itsOwn); // the consumer hears of the abort all the same
        }
        if (before < ELEMENT) {
            tellOfAbort();
        }
    }

    /** Once, by the abort or by whoever brought the last element. */
    private void tellOfAbort() {
        int before = STATE.getAndUpdate(this, now -> now | OVER);
        if ((before & OVER) != 0) {
            return;
        }
        if ((before & CANCELLED) != 0) {
            endStream();
            return;
        }
        RuntimeException failure = abort;
        try {
            greetOnce();
            end(failure == null ? this::complete : () -> fail(failure));
        } catch (Throwable itsOwn) {
            publication.consumerFailed(itsOwn);
        }
    }

    /** The member that this has in a stream of that publication, if it is one of its subscriptions. */
    Entry.@Nullable Member memberIn(Publication of) {
        return publication.equals(of) ? member : null;
    }

    /** The stream as the application sees it: {@code ActiveStream.class} and the object; null: it has no API, or there is none. */
    protected final Map.@Nullable Entry<Class<?>, Object> stream() {
        Entry.Member mine = member;
        return mine == null ? null : publication.asSeen(mine.stream());
    }
}
