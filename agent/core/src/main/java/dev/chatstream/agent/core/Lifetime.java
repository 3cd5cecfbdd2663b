package dev.chatstream.agent.core;

import org.jspecify.annotations.Nullable;

/**
 * From entering to the end, by counting members: the method that opened the stream, methods that joined, holds of returned
 * values, detached parts, abort callbacks that still run.
 *
 * <pre>
 *   WAITING ───────────────open──▶ OPEN ──last member departs──▶ ENDED
 *      │                            ▲                              ▲
 *      └──prepare──▶ PREPARED ──open┘                              │
 *      └─────────────────┴──refused, or its last member departs────┘
 * </pre>
 *
 * <p>Prepared: the method runs, and members may join; the lock is asked for when what it returns is subscribed to.
 *
 * <p>It leads to its stream only until that has ended: threads that outlive the stream keep this, and nothing of the
 * application's.
 *
 * <p>Race, joining against the end: the monitor decides; whoever comes too late opens a stream of its own.
 */
final class Lifetime {

    private enum Phase {
        WAITING,
        PREPARED,
        OPEN,
        ENDED
    }

    private volatile Phase phase = Phase.WAITING;
    private int members;
    private long openedAt;
    private volatile @Nullable OpenStream stream;
    private @Nullable Admission admission;

    Lifetime(OpenStream stream) {
        this.stream = stream;
    }

    /** The method runs and is the first member; whether the stream gets its chat turns out later. */
    synchronized void prepare() {
        phase = Phase.PREPARED;
        members = 1;
    }

    /** The call is let in, and is the first member; a prepared stream has members already. */
    synchronized void open(long now) {
        members = phase == Phase.PREPARED ? members : 1;
        phase = Phase.OPEN;
        admission = null;
        openedAt = now;
    }

    /**
     * The one way in: of several subscriptions to parts of a prepared stream the first begins it, and the others wait along.
     * Null: the stream is in, or out.
     */
    synchronized @Nullable Admission wayIn(Admission mine) {
        if (phase == Phase.OPEN || phase == Phase.ENDED) {
            return null;
        }
        Admission known = admission == null ? mine : admission;
        admission = known;
        return known;
    }

    synchronized void refuse() {
        end();
    }

    private void end() {
        phase = Phase.ENDED;
        stream = null;
        admission = null;
    }

    /** One more member; false where the stream is neither open nor prepared. */
    synchronized boolean join() {
        if (!isLive()) {
            return false;
        }
        members++;
        return true;
    }

    /** A member goes; true for the last one, which ends the stream. */
    synchronized boolean depart() {
        if (--members > 0 || !isLive()) {
            return false;
        }
        end();
        return true;
    }

    private boolean isLive() {
        return phase == Phase.OPEN || phase == Phase.PREPARED;
    }

    boolean isPrepared() {
        return phase == Phase.PREPARED;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** The stream, while it is open or prepared. */
    @Nullable
    OpenStream ofLive() {
        OpenStream known = stream;
        return isLive() ? known : null;
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    /** For how long it has been open; 0 where it is not. */
    synchronized long openFor(long now) {
        return phase == Phase.OPEN ? now - openedAt : 0;
    }
}
