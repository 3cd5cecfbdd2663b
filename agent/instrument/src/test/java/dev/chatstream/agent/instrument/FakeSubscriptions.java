package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.Subscriptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The first subscription has the call's own stream, each further one is let in as a call is. */
final class FakeSubscriptions implements Subscriptions {

    private final AtomicReference<Entry.@Nullable Member> first;
    private final Supplier<Entry> further;

    /** Seats are had when this is done. */
    CompletableFuture<?> turn = CompletableFuture.completedFuture(null);

    FakeSubscriptions(Entry.Member first, Supplier<Entry> further) {
        this.first = new AtomicReference<>(first);
        this.further = further;
    }

    /** Nobody has subscribed for as long as one may take. */
    void timeOut() {
        Entry.Member unclaimed = first.getAndSet(null);
        if (unclaimed != null) {
            unclaimed.close();
        }
    }

    @Override
    public Turn next() {
        Entry.Member own = first.getAndSet(null);
        CompletableFuture<Seat> seat = turn.thenApply(now -> own == null ? furtherSeat() : new Seat.Taken(own));
        return new Turn() {
            @Override
            public CompletableFuture<Seat> seat() {
                return seat;
            }

            @Override
            public void withdraw() {
                seat.cancel(false);
            }
        };
    }

    private Seat furtherSeat() {
        return switch (further.get()) {
            case Entry.Entered entered -> new Seat.Taken(entered.member());
            case Entry.Refusal refusal -> new Seat.Refused(refusal);
        };
    }

    @Override
    public Turn after(Entry.Member predecessor) {
        return next();
    }
}
