package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Failure;

/**
 * Counts the sends of one lease that may take its lock: acquire and renew. A send that was never answered may still arrive
 * and take the lock, at most one TTL after it was sent with any effect that lasts; the release is repeated until then.
 */
final class Sends {

    private final long ttl;
    private int underWay;
    private boolean unanswered;
    private boolean mayHold;
    private long last;

    Sends(long ttl) {
        this.ttl = ttl;
    }

    /** One more goes out now. */
    synchronized void sending(long now) {
        underWay++;
        last = now;
    }

    /** Its answer, whatever it is. */
    synchronized void answered(Object answer, long sentAt) {
        underWay--;
        Failure.Kind failure = answer instanceof Failure f ? f.kind() : null;
        mayHold |= failure == Failure.Kind.NO_ANSWER || (failure == null && !(answer instanceof Acquisition.Busy));
        unanswered |= failure == Failure.Kind.NO_ANSWER;
        last = last - sentAt < 0 ? sentAt : last;
    }

    synchronized boolean isIdle() {
        return underWay == 0;
    }

    /** Whether the lock cannot be in the store because of these sends: the scripts write it last, or not at all. */
    synchronized boolean isNothing() {
        return underWay == 0 && !mayHold;
    }

    synchronized boolean allAnswered() {
        return underWay == 0 && !unanswered;
    }

    /** Whether whatever the last one took has expired by itself. */
    synchronized boolean isExpired(long now) {
        return now - last > ttl;
    }
}
