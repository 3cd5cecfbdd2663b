package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Subscriptions;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A returned publisher: something that runs once it is subscribed to, and each time it is. */
public final class Publication {

    /** Of the delivery whose last signal the calling thread is inside of. */
    private static final ThreadLocal<@Nullable Stay> ENDING = new ThreadLocal<>();

    private final Passage passage;
    private final Following following;
    private final Subscriptions subscriptions;

    /** Of the delivery whose last signal came last, until its stream has ended. */
    private final AtomicReference<@Nullable Stay> leaving = new AtomicReference<>();

    Publication(Passage passage, Following following, Entry.Member member) {
        this.passage = passage;
        this.following = following;
        this.subscriptions = member.subscriptions();
    }

    /** A subscription is made; one that follows an earlier one ({@code retry}, {@code repeat}) goes on in that stream. */
    Subscriptions.Turn turn() {
        Stay ending = ENDING.get();
        if (ending != null && ending.isOf(this)) {
            return subscriptions.after(ending.member());
        }
        Stay left = leaving.get();
        return left != null && left.claims() ? left.turn() : subscriptions.next();
    }

    /** A consumer is about to hear of the end of its delivery. */
    void leaves(Stay stay) {
        leaving.set(stay);
    }

    /** The stream ends, unless a subscription that follows goes on in it. */
    void end(Stay stay) {
        stay.end(subscriptions);
        leaving.compareAndSet(stay, null);
    }

    /**
     * Hands the consumer its last signal.
     *
     * @param stay null: the delivery has no stream
     */
    static void ending(@Nullable Stay stay, Runnable lastSignal) {
        Stay before = ENDING.get();
        ENDING.set(stay);
        try {
            lastSignal.run();
        } finally {
            if (before == null) {
                ENDING.remove();
            } else {
                ENDING.set(before);
            }
        }
    }

    Outlet outlet(Entry.Member member) {
        return new Outlet(passage, following, member);
    }

    RuntimeException exception(Entry.Refusal refusal) {
        return passage.exception(refusal);
    }

    /** Whether the consumer of a subscription that is refused so sees a normal end. */
    boolean completes(Entry.Refusal refusal) {
        return refusal instanceof Entry.Aborted aborted
                && aborted.reason() == AbortReason.STOPPED
                && following.completesOnStop(passage);
    }

    Passage.@Nullable Api api() {
        return passage.api();
    }

    /** An error of the agent's own: the subscription runs unguarded. */
    void failed(Throwable fault) {
        following.ownFault("what " + passage.method() + " returned is subscribed to unguarded", fault);
    }

    /** The source, when it was cancelled, or the consumer, when it was told, threw what nobody else would hear of. */
    void threwInAbort(Throwable failure) {
        following.sayOnce(
                passage.method() + " abort",
                "code around what " + passage.method() + " returned threw when that was aborted: " + failure);
    }
}
