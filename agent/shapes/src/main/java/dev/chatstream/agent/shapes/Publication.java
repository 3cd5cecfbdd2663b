package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Subscriptions;
import org.jspecify.annotations.Nullable;

/** A returned publisher: something that runs once it is subscribed to, and each time it is. */
public final class Publication {

    /** The delivery whose last signal the calling thread is inside of. */
    private static final ThreadLocal<@Nullable Delivery> ENDING = new ThreadLocal<>();

    private final Passage passage;
    private final Following following;
    private final Subscriptions subscriptions;

    Publication(Passage passage, Following following, Entry.Member member) {
        this.passage = passage;
        this.following = following;
        this.subscriptions = member.subscriptions();
    }

    /** A subscription is made; inside the last signal of an earlier one ({@code retry}, {@code repeat}) it goes on in that stream. */
    Subscriptions.Turn turn() {
        Delivery ending = ENDING.get();
        Entry.Member predecessor = ending == null ? null : ending.memberIn(this);
        return predecessor == null ? subscriptions.next() : subscriptions.after(predecessor);
    }

    /** Hands the consumer its last signal. */
    static void ending(Delivery delivery, Runnable lastSignal) {
        Delivery before = ENDING.get();
        ENDING.set(delivery);
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
