package dev.chatstream.agent.shapes;

import org.jspecify.annotations.Nullable;

/**
 * Stands between whoever calls callbacks and whoever is called, who is told of one thing at a time and of the end once.
 *
 * <pre>
 *   Open ── the last call begins ──▶ Over: everything goes on as it would without
 *     └──── aborted ──▶ Aborted: that is told, and nothing after it
 * </pre>
 *
 * <p>Races: the last call against an abort, the monitor decides; an abort against a call under way, whose thread tells of
 * the abort when it leaves. No code of the application's runs under the monitor.
 */
final class Telling {

    private enum State {
        OPEN,
        OVER,
        ABORTED
    }

    private State state = State.OPEN;
    private int underWay;
    private @Nullable Runnable news;

    /**
     * A call begins; {@link #left} comes after it.
     *
     * @return false: it is not to be made, and not left
     */
    synchronized boolean begins() {
        if (state == State.ABORTED) {
            return false;
        }
        underWay++;
        return true;
    }

    /** The same for the last call. */
    synchronized boolean endBegins() {
        if (state == State.ABORTED) {
            return false;
        }
        state = State.OVER;
        underWay++;
        return true;
    }

    /** A call that began is over, however it ended. Tells of an abort that came meanwhile. */
    void left() {
        Runnable due = null;
        synchronized (this) {
            underWay--;
            if (underWay == 0) {
                due = news;
                news = null;
            }
        }
        if (due != null) {
            due.run();
        }
    }

    /**
     * No call is made any more.
     *
     * @param telling tells of the abort: run now, or when the calls under way are over; throws nothing
     * @return false where the last call has begun, or it was aborted before
     */
    boolean abort(Runnable telling) {
        synchronized (this) {
            if (state != State.OPEN) {
                return false;
            }
            state = State.ABORTED;
            if (underWay > 0) {
                news = telling;
                return true;
            }
        }
        telling.run();
        return true;
    }
}
