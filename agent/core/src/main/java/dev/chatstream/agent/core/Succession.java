package dev.chatstream.agent.core;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions to what one call returned.
 *
 * <p>Race, the first subscription against the end of the subscribe-timeout: both take the first member, and one gets it.
 */
final class Succession implements Subscriptions {

    /** So often one that tries again after an abort is refused at once, and from then on once a tick: it may try for ever. */
    private static final int PROMPT_REFUSALS = 3;

    private record Decided(CompletableFuture<Seat> seat) implements Turn {
        Decided(Seat seat) {
            this(completedFuture(seat));
        }

        @Override
        public void withdraw() {
            // it has its seat, and gives it back by itself
        }
    }

    private record Waiting(Admission admission, Membership member, CompletableFuture<Seat> seat) implements Turn {
        Waiting(Admission admission, Membership member) {
            this(admission, member, admission.decision().outcome().thenApply(outcome -> seat(outcome, member)));
        }

        private static Seat seat(Decision.Outcome outcome, Membership member) {
            return switch (outcome) {
                case Decision.Outcome.In in -> new Seat.Taken(member);
                case Decision.Outcome.Out out -> new Seat.Refused(out.refusal());
            };
        }

        /**
         * Others may wait for the same stream, where it was prepared. Where it was not, the member counts only once the stream
         * is open: closed before, it could not be closed by whoever gets the seat all the same.
         */
        @Override
        public void withdraw() {
            if (seat.isDone()) {
                return;
            }
            Lifetime lifetime = admission.stream().lifetime();
            if (lifetime.isPrepared()) {
                member.close();
            }
            if (!lifetime.isPrepared()) { // or no longer
                admission.decision().aborted(AbortReason.CONSUMER_GONE);
            }
        }
    }

    private final Entrance entrance;
    private final Engine engine;
    private final OpenStream origin;

    /** What further subscriptions are streams of; null: of the origin's own call. */
    private final @Nullable Call joined;

    /** Keeps the call's own stream open until somebody subscribes. */
    private final AtomicReference<@Nullable Membership> first;

    private final Timetable.Timer timeout;
    private final AtomicInteger refusals = new AtomicInteger();

    /**
     * @param first a member of the stream that the call runs in
     * @param joined the call, where it joined that stream; else null
     */
    Succession(Entrance entrance, Membership first, @Nullable Call joined) {
        this.entrance = entrance;
        this.engine = entrance.engine();
        this.origin = first.stream();
        this.joined = joined;
        this.first = new AtomicReference<>(first);
        this.timeout =
                engine.timetable().after(engine.settings().subscribeTimeout().toNanos(), this::nobodyCame);
    }

    private void nobodyCame() {
        Membership unclaimed = first.getAndSet(null);
        if (unclaimed != null) {
            engine.narrator().neverSubscribed(origin);
            unclaimed.close();
        }
    }

    @Override
    public Turn next() {
        Membership own = first.getAndSet(null);
        if (own == null) {
            return further();
        }
        timeout.cancel();
        Optional<AbortReason> aborted = origin.abortReason();
        if (aborted.isPresent()) {
            own.close();
            return new Decided(new Seat.Refused(Refusals.wasAborted(origin, aborted.get())));
        }
        Admission admission = entrance.admitPrepared(origin);
        if (admission != null) {
            return new Waiting(admission, own);
        }
        return origin.isOpen() ? new Decided(new Seat.Taken(own)) : further();
    }

    @Override
    public Turn after(Entry.Member predecessor) {
        OpenStream stream = ((Membership) predecessor).stream();
        Optional<AbortReason> aborted = stream.abortReason();
        if (aborted.isPresent()) {
            return new Decided(soon(new Seat.Refused(Refusals.wasAborted(stream, aborted.get()))));
        }
        return stream.join() ? new Decided(new Seat.Taken(new Membership(entrance, stream, joined))) : next();
    }

    /** A subscriber that tries for ever after an abort, without a pause of its own, must not spin. */
    private CompletableFuture<Seat> soon(Seat refusal) {
        if (refusals.incrementAndGet() <= PROMPT_REFUSALS) {
            return completedFuture(refusal);
        }
        CompletableFuture<Seat> later = new CompletableFuture<>();
        Timetable.Timer unused =
                engine.timetable().after(engine.settings().abortPoll().toNanos(), () -> later.complete(refusal));
        return later;
    }

    /** Where the call joined a stream, a further subscription joins it too, while that is open. */
    private Turn further() {
        if (joined != null && !origin.isAborted() && origin.join()) {
            return new Decided(new Seat.Taken(new Membership(entrance, origin, joined)));
        }
        OpenStream stream = joined == null ? engine.sibling(origin) : engine.streamFor(joined, origin.chatId());
        if (!stream.chatId().isEmpty()) {
            return new Waiting(entrance.admit(stream), new Membership(entrance, stream, joined));
        }
        Entry.Refusal refusal = entrance.openWithoutChat(stream);
        return new Decided(
                refusal == null ? new Seat.Taken(new Membership(entrance, stream, joined)) : new Seat.Refused(refusal));
    }
}
