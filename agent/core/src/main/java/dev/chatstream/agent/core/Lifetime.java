package dev.chatstream.agent.core;

import org.jspecify.annotations.Nullable;

/**
 * From entering to the end, by counting members: the method that opened the stream, methods that joined, holds of returned
 * values, detached parts, abort callbacks that still run.
 *
 * <pre>
 *   WAITING ──open──▶ OPEN ──last member departs──▶ ENDED
 *      └───────────────refused──────────────────────▶
 * </pre>
 *
 * <p>It leads to its stream only until that has ended: threads that outlive the stream keep this, and nothing of the
 * application's.
 *
 * <p>Race, joining against the end: the monitor decides; whoever comes too late opens a stream of its own.
 */
final class Lifetime {

    private enum Phase {
        WAITING,
        OPEN,
        ENDED
    }

    private volatile Phase phase = Phase.WAITING;
    private int members;
    private long openedAt;
    private volatile @Nullable OpenStream stream;

    Lifetime(OpenStream stream) {
        this.stream = stream;
    }

    /** The call is let in, and is the first member. */
    synchronized void open(long now) {
        phase = Phase.OPEN;
        members = 1;
        openedAt = now;
    }

    synchronized void refuse() {
        end();
    }

    private void end() {
        phase = Phase.ENDED;
        stream = null;
    }

    /** One more member; false where the stream is not open. */
    synchronized boolean join() {
        if (phase != Phase.OPEN) {
            return false;
        }
        members++;
        return true;
    }

    /** A member goes; true for the last one, which ends the stream. */
    synchronized boolean depart() {
        if (--members > 0 || phase != Phase.OPEN) {
            return false;
        }
        end();
        return true;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** The stream, while it is open. */
    @Nullable
    OpenStream ofOpen() {
        OpenStream known = stream;
        return phase == Phase.OPEN ? known : null;
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    /** For how long it has been open; 0 where it is not. */
    synchronized long openFor(long now) {
        return phase == Phase.OPEN ? now - openedAt : 0;
    }
}
