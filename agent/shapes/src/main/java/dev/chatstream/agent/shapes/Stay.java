package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.Subscriptions;
import dev.chatstream.agent.core.Subscriptions.Seat;
import dev.chatstream.agent.core.Subscriptions.Turn;
import java.util.concurrent.CompletableFuture;

/**
 * One delivery's stay in its stream. From its last signal until the stream has ended, a subscription that follows it may go
 * on there.
 *
 * <p>Operators that try again ({@code retry}, {@code repeat}) subscribe inside the last signal, or, where their first
 * subscription has not returned by then, in a loop of the thread that made it. Only that thread is taken for one that
 * follows; it gets the stream when the consumer has had its last signal, whichever thread brings that. Where the stream has
 * ended before it comes, it is a further one.
 *
 * <p>Race, a subscription that follows against the stream's end: the monitor decides. One that comes while the stream is being
 * ended waits until that is done, so that it does not find its own chat busy.
 */
final class Stay {

    private enum Phase {
        OPEN,
        ENDING,
        ENDED
    }

    private final Publication publication;
    private final Entry.Member member;
    private final Outlet outlet;
    /** The thread that subscribed; never used again for another one. */
    private final long thread = Thread.currentThread().threadId();

    private final CompletableFuture<Seat> seat = new CompletableFuture<>();
    private Phase phase = Phase.OPEN;
    private boolean claimed;

    Stay(Publication publication, Entry.Member member, Outlet outlet) {
        this.publication = publication;
        this.member = member;
        this.outlet = outlet;
    }

    boolean isOf(Publication one) {
        return publication.equals(one);
    }

    Entry.Member member() {
        return member;
    }

    Outlet outlet() {
        return outlet;
    }

    /** Whether a subscription that the calling thread makes now follows: the first one only, while there is something left. */
    synchronized boolean claims() {
        if (claimed || phase == Phase.ENDED || Thread.currentThread().threadId() != thread) {
            return false;
        }
        claimed = true;
        return true;
    }

    /** How it goes for the one that follows. */
    Turn turn() {
        return new Follower(seat);
    }

    private record Follower(CompletableFuture<Seat> seat) implements Turn {
        @Override
        public void withdraw() {
            // it gets its seat all the same, and gives it back by itself
        }
    }

    /** The consumer has had its last signal: one that follows gets the stream, which then goes on. */
    void end(Subscriptions subscriptions) {
        if (isClaimedBefore(Phase.ENDING)) {
            hand(subscriptions.after(member));
            outlet.end();
            return;
        }
        outlet.end();
        if (isClaimedBefore(Phase.ENDED)) {
            hand(subscriptions.next());
        }
    }

    private synchronized boolean isClaimedBefore(Phase next) {
        phase = claimed ? Phase.ENDED : next;
        return claimed;
    }

    private void hand(Turn turn) {
        var unused = turn.seat().whenComplete((taken, fault) -> {
            if (fault == null) {
                seat.complete(taken);
            } else {
                seat.completeExceptionally(fault);
            }
        });
    }
}
