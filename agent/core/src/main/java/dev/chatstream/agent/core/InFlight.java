package dev.chatstream.agent.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is under way to each lane: one of a kind at most, however long its answer takes.
 *
 * <p>Race, a thread that stands still before it has sent anything (it waits for a monitor, and then for a carrier) against
 * the one that takes its place: after a while the other one may send, and then the first one may not.
 */
final class InFlight {

    private record Flight(long begunAt, boolean sent) {}

    private final Map<Lane, Flight> flights = new ConcurrentHashMap<>();
    private final long stuckAfter;

    /** @param stuckAfter nanoseconds after which one that was not sent does not count any more */
    InFlight(long stuckAfter) {
        this.stuckAfter = stuckAfter;
    }

    /** False where one is under way. */
    boolean begins(Lane lane, long now) {
        Flight mine = new Flight(now, false);
        Flight other = flights.putIfAbsent(lane, mine);
        return other == null || (!other.sent && now - other.begunAt > stuckAfter && flights.replace(lane, other, mine));
    }

    /** It goes out now; false where another one took its place. */
    boolean sends(Lane lane, long begunAt) {
        return flights.replace(lane, new Flight(begunAt, false), new Flight(begunAt, true));
    }

    /** It was answered, or not sent after all. */
    void over(Lane lane, long begunAt) {
        flights.computeIfPresent(lane, (same, flight) -> flight.begunAt == begunAt ? null : flight);
    }
}
