package dev.chatstream.agent.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place that a chat has in this JVM, and the queue of calls that wait for it, first come first served. Who has the place is either an open stream or a candidate: a call that asks the store now, or waits for a holder on
 * another pod. Only the candidate asks, so that a pod sends for one waiter a chat, however many wait.
 *
 * <p>Everything here is decided under the monitor, and nothing else is called while it is held, but for questions that
 * the admissions answer without one.
 */
final class Chat {

    /** Hand-overs in a row after which other pods get a turn. */
    static final int HANDOVERS_IN_A_ROW = 8;

    sealed interface Placed {
        record Granted() implements Placed {}

        record Queued() implements Placed {}

        /** Queued though it does not want to wait: it is not known yet whether the chat is anybody's. */
        record Undecided() implements Placed {}

        /** In front of the queue; who is in the way is to be told. */
        record InFront(
                @Nullable OpenStream victim,
                @Nullable Admission candidate,
                @Nullable Admission earlier) implements Placed {}

        record Refused(String why, @Nullable String ownerStreamId) implements Placed {}

        /** This object is not in use any more: take a new one. */
        record Retired() implements Placed {}
    }

    /** Who has the place next. */
    record Next(Admission admission, boolean afterPause) {}

    private final Places places;
    private final String id;

    /** Both are made for the first call that waits: few chats ever have one. */
    private @Nullable Deque<Admission> queue;

    private @Nullable Trampoline handOvers;
    private @Nullable OpenStream holder;
    private @Nullable Admission candidate;
    private @Nullable Admission superseder;
    private int handovers;
    private boolean retired;

    /** Whom a superseder of this JVM wants to end; others are superseded from elsewhere. */
    private @Nullable OpenStream victim;

    Chat(Places places, String id) {
        this.places = places;
        this.id = id;
    }

    private Deque<Admission> queue() {
        queue = queue == null ? new ArrayDeque<>(4) : queue;
        return queue;
    }

    synchronized Placed enter(Admission admission) {
        if (retired) {
            return new Placed.Retired();
        }
        if (isDuplicate(admission.stream().identity())) {
            return new Placed.Refused("the same message was sent twice", ownerId());
        }
        if (holder == null) {
            holder = admission.stream();
            candidate = admission;
            return new Placed.Granted();
        }
        return switch (admission.onBusy()) {
            case REJECT -> impatient(admission);
            case WAIT -> queued(admission);
            case SUPERSEDE -> inFront(admission);
        };
    }

    private boolean isDuplicate(Identity entering) {
        return (holder != null && isSameMessage(holder, entering))
                || (superseder != null && isSameMessage(superseder.stream(), entering))
                || (queue != null && queue.stream().anyMatch(waiting -> isSameMessage(waiting.stream(), entering)));
    }

    private static boolean isSameMessage(OpenStream here, Identity entering) {
        return here.streamId().equals(entering.streamId()) && !here.identity().isOfCallOf(entering);
    }

    private Placed queued(Admission admission) {
        if (waiting() >= places.maxWaiters()) {
            return new Placed.Refused(places.tooMany(), ownerId());
        }
        queue().addLast(admission);
        return new Placed.Queued();
    }

    /** Never a false busy: the candidate may hear that the store cannot be asked, and then this call hears it too. */
    private Placed impatient(Admission admission) {
        if (isUndecided() && admission.awaitsAnswers() && waiting() < places.maxWaiters()) {
            queue().addLast(admission);
            return new Placed.Undecided();
        }
        return new Placed.Refused("another stream is open in it", ownerId());
    }

    /** Whether the candidate has not been told yet if it may have the chat. */
    synchronized boolean isUndecided() {
        return candidate != null && !candidate.waits();
    }

    /** It is known by now that the chat is another's; these calls do not want to wait for it, or no longer. */
    synchronized List<Admission> impatient() {
        List<Admission> all = queue == null ? new ArrayList<>(1) : new ArrayList<>(queue);
        if (superseder != null) {
            all.add(superseder);
        }
        all.removeIf(waiting -> !waiting.isImpatient());
        return all;
    }

    private int waiting() {
        return (queue == null ? 0 : queue.size())
                + (superseder == null ? 0 : 1)
                + (candidate != null && candidate.patience().hasStarted() ? 1 : 0);
    }

    /** The candidate turned out to wait too; the last of those that wait may be one too many by that. */
    synchronized @Nullable Admission oneTooMany(Admission admission) {
        if (candidate != admission || waiting() <= places.maxWaiters()) {
            return null;
        }
        return queue().isEmpty() ? admission : queue().peekLast();
    }

    private Placed inFront(Admission admission) {
        Admission earlier = superseder;
        superseder = admission;
        victim = holder;
        return candidate == null
                ? new Placed.InFront(holder, null, earlier)
                : new Placed.InFront(null, candidate, earlier);
    }

    /**
     * The candidate holds the chat from now on.
     *
     * @return whether a superseder came meanwhile, which wants it to end
     */
    synchronized boolean opened(Admission admission) {
        if (candidate == admission) {
            candidate = null;
            handovers = admission.holderId() == null ? handovers : 0; // another pod had its turn
        }
        return superseder != null && holder == admission.stream();
    }

    /** A candidate that only waits for a holder elsewhere lets the superseder go before it. */
    synchronized @Nullable Next stepBack(Admission admission) {
        if (candidate != admission || superseder == null) {
            return null;
        }
        queue().addFirst(admission);
        return handOver(false);
    }

    /**
     * The superseder has waited for long enough: it takes the place from whoever has it.
     *
     * @return the stream that had it; null: it is not the superseder's to take
     */
    synchronized @Nullable OpenStream overrule(Admission admission) {
        if (superseder != admission || candidate != null || holder == null) {
            return null;
        }
        OpenStream before = holder;
        superseder = null;
        holder = admission.stream();
        candidate = admission;
        return before;
    }

    sealed interface Left {
        /** It did not have the place. */
        record Nothing() implements Left {}

        record Vacated(@Nullable Next next) implements Left {}
    }

    /** The stream gives the place up, or does not wait for it any more; whichever it is. */
    synchronized Left leave(OpenStream stream) {
        if (holder == stream) {
            boolean ran = candidate == null;
            handovers = ran ? handovers + 1 : handovers;
            return new Left.Vacated(handOver(stream.wasSuperseded() && stream != victim));
        }
        if (superseder != null && superseder.stream() == stream) {
            superseder = null;
        } else if (queue != null) {
            queue.removeIf(waiting -> waiting.stream() == stream);
        }
        return new Left.Nothing();
    }

    /** @param awaitedElsewhere whether a superseder on another pod waits for the chat, in front of this queue */
    private @Nullable Next handOver(boolean awaitedElsewhere) {
        boolean toSuperseder = superseder != null;
        Admission next = superseder != null || queue == null ? superseder : queue.pollFirst();
        superseder = null;
        candidate = next;
        if (next == null) {
            holder = null;
            retired = true;
            places.retired(id, this);
            return null;
        }
        holder = next.stream();
        boolean pause = handovers > HANDOVERS_IN_A_ROW || (awaitedElsewhere && !toSuperseder);
        handovers = pause ? 0 : handovers;
        return new Next(next, pause);
    }

    /** The stream that is open in this chat here. */
    synchronized @Nullable OpenStream open() {
        return candidate == null ? holder : null;
    }

    synchronized Trampoline handOvers() {
        handOvers = handOvers == null ? places.trampoline() : handOvers;
        return handOvers;
    }

    /** Who holds the chat, here or, as far as the candidate knows, elsewhere. */
    synchronized @Nullable String ownerId() {
        if (candidate != null) {
            return candidate.holderId();
        }
        return holder == null ? null : holder.streamId();
    }
}
