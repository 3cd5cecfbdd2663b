package dev.chatstream.agent.core;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A function that suspends, as one member of its stream. No thread is inside of it for longer than until it suspends, so none
 * is interrupted by an abort: what it suspends in is cancelled.
 *
 * <p>Race, withdrawing against being let in: the {@link Decision} is made by one of them, and where the call is in all the
 * same, it leaves once that is known.
 */
final class Afloat implements Entry.Suspended {

    private final OpenStream stream;
    private final Entrance entrance;
    private final Frame.Part part;
    private final Call call;
    private final @Nullable Admission admission;
    private final Membership self;
    private final CompletableFuture<Optional<Entry.Refusal>> outcome;
    private final Scope.Chain carried;

    /** @param admission what it waits for; null: it is in */
    Afloat(Entrance entrance, OpenStream stream, Frame.Part part, Call call, @Nullable Admission admission) {
        this.entrance = entrance;
        this.stream = stream;
        this.part = part;
        this.call = call;
        this.admission = admission;
        this.self = new Membership(entrance, stream, joined());
        this.carried = Scope.chain(stream);
        this.outcome = admission == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : admission.decision().outcome().thenApply(Afloat::refusal);
    }

    private @Nullable Call joined() {
        return part == Frame.Part.JOINED ? call : null;
    }

    private static Optional<Entry.Refusal> refusal(Decision.Outcome outcome) {
        return switch (outcome) {
            case Decision.Outcome.In in -> Optional.empty();
            case Decision.Outcome.Out out -> Optional.of(out.refusal());
        };
    }

    @Override
    public CompletableFuture<Optional<Entry.Refusal>> outcome() {
        return outcome;
    }

    @Override
    public Optional<Entry.Refusal> await() {
        return admission == null ? Optional.empty() : refusal(Waits.toTheEnd(admission));
    }

    @Override
    public void withdraw() {
        if (admission != null) {
            admission.decision().aborted(GuardedStream.AbortReason.CONSUMER_GONE);
        }
        var unused = outcome.thenAccept(refusal -> {
            if (refusal.isEmpty()) {
                leave();
            }
        });
    }

    @Override
    public GuardedStream stream() {
        return stream;
    }

    @Override
    public Entry.Member member() {
        return Membership.join(entrance, stream, joined());
    }

    @Override
    public Entry.Member self() {
        return self;
    }

    @Override
    public Runnable here() {
        Scope scope = Scope.enter(stream);
        InterruptGate.Pass pass = stream.passes().enter(scope.gate(), false);
        return () -> {
            stream.passes().leave(pass);
            scope.leave();
        };
    }

    @Override
    public GuardedStream.Carried carried() {
        return carried;
    }

    @Override
    public void leave() {
        self.close();
    }

    @Override
    public void fail() {
        if (part == Frame.Part.OPENER) {
            stream.detachments().abandon(); // nothing that it detached goes on
        }
        self.close();
    }
}
