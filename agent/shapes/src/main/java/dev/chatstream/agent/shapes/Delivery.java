package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Subscriptions.Seat;
import dev.chatstream.agent.core.Subscriptions.Turn;
import java.util.concurrent.CompletableFuture;
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
 */
public abstract class Delivery extends Signals {

    private final Publication publication;
    private volatile @Nullable Turn turn;
    private volatile @Nullable Stay stay;

    /** The consumer has a value that goes on, and the stream with it. */
    private volatile boolean handedOn;

    /** An abort cancels the source. */
    private volatile @Nullable Cancelling cancelling;

    /** How the consumer is told of an abort; null: it sees a normal end. */
    private volatile @Nullable RuntimeException abort;

    protected Delivery(Publication publication) {
        this.publication = publication;
    }

    /** Subscribes to the source; runs inside the stream. */
    protected abstract void start();

    /** Cancels the source where that has come ({@link #arrived}); may be called again. */
    protected abstract void cancelSource();

    /** The last signal: an error; {@link #complete}: a normal end, without a value. */
    protected abstract void fail(Throwable failure);

    protected abstract void complete();

    /** The source has come, and is to hear what the consumer wanted meanwhile. */
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
        Hop.whenDone(seat, "chatstream-subscribe", () -> {
            try {
                seated(seat);
            } catch (Throwable thrown) { // nobody is there to hear of it but the consumer
                last(() -> fail(thrown));
            }
        });
    }

    private void seated(CompletableFuture<Seat> seat) {
        if (seat.isCompletedExceptionally()) {
            publication.failed(seat.exceptionNow());
            start();
            return;
        }
        switch (seat.join()) {
            case Seat.Taken taken -> seated(taken.member());
            case Seat.Refused refused -> refused(refused.refusal());
        }
    }

    private void seated(Entry.Member mine) {
        Outlet opened = publication.outlet(mine);
        stay = new Stay(publication, mine, opened);
        if (isCancelled()) { // race, the consumer's cancel against the seat: either sees the other
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
        if (isCancelled()) {
            return;
        }
        boolean completes = canComplete() && publication.completes(refusal);
        greetOnce();
        last(completes ? this::complete : () -> fail(publication.exception(refusal)));
    }

    /** The source has answered, and can be cancelled from now on; the consumer hears of it unless it was greeted before. */
    protected final void arrived() {
        if (isDone()) {
            cancelSource(); // race, an abort or a cancel against the source's coming: either sees the other
            return;
        }
        sourceCame();
        greetOnce();
    }

    /** The source is over: the consumer gets its last signal, unless it was told of an abort, and then the stream ends. */
    protected final void last(Runnable signal) {
        if (ends()) {
            end(signal);
        }
    }

    private void end(Runnable signal) {
        Stay mine = stay;
        if (mine != null && !handedOn) {
            publication.leaves(mine);
        }
        try {
            runLast(() -> Publication.ending(stay, signal));
        } finally {
            endStream();
        }
    }

    /** The consumer gets what is over for it: a guarded call inside of that does not wait for this one. */
    protected final void runLast(Runnable signal) {
        Stay mine = stay;
        if (mine == null) {
            signal.run();
        } else {
            mine.member().runLast(signal, () -> !handedOn && cancelling == null); // where nothing of it goes on
        }
    }

    /** Off the consumer's thread, which may be an event loop. */
    private void endStream() {
        Stay mine = stay;
        if (mine == null || handedOn) {
            return;
        }
        Cancelling source = cancelling;
        Hop.start("chatstream-end", () -> {
            if (source != null) {
                source.awaitReturn();
            }
            publication.end(mine);
        });
    }

    /** What the consumer gets of its one value: that may go on after the delivery, and the stream with it. */
    @SuppressWarnings("unchecked") // a shape keeps the type
    protected final <V extends @Nullable Object> V handedOver(V value) {
        Stay mine = stay;
        try {
            Object instead = mine == null ? null : mine.outlet().goesOn(value);
            handedOn = instead != null;
            return instead == null ? value : (V) instead;
        } catch (RuntimeException | Error own) {
            publication.failed(own);
            return value;
        }
    }

    /** The consumer has gone. */
    protected final void cancelled() {
        boolean first = cancelsFirst();
        Turn waiting = turn;
        if (waiting != null) {
            waiting.withdraw();
        }
        try {
            cancelSource();
        } finally {
            if (first) {
                endStream();
            }
        }
    }

    private void abort(AbortReason reason) {
        Stay mine = stay;
        boolean completes = mine != null
                && canComplete()
                && reason == AbortReason.STOPPED
                && mine.outlet().completesOnStop();
        abort = mine == null || completes ? null : mine.outlet().exception(reason);
        Cancelling source = new Cancelling(this::cancelSource, publication::threwInAbort);
        cancelling = source; // before the state tells of it: whoever ends the stream then waits for it
        switch (aborts()) {
            case TELL -> {
                source.begin();
                source.awaitAWhile();
                tellOfAbort();
            }
            case TOLD_BY_ANOTHER -> source.begin();
            case TOO_LATE -> source.forget();
        }
    }

    @Override
    final void tellOfAbort() {
        if (!endsByAbort()) {
            return;
        }
        if (isCancelled()) {
            endStream();
            return;
        }
        RuntimeException failure = abort;
        try {
            greetOnce();
            end(failure == null ? this::complete : () -> fail(failure));
        } catch (Throwable itsOwn) {
            publication.threwInAbort(itsOwn);
        }
    }

    /** The copy of the API that the method's class sees; null: none, or there is no stream. */
    protected final Passage.@Nullable Api api() {
        return stay == null ? null : publication.api();
    }

    /** The stream as that shows it; null: not at all. */
    protected final @Nullable Object seen(Passage.Api api) {
        Stay mine = stay;
        return mine == null ? null : api.seen(mine.member().stream());
    }
}
