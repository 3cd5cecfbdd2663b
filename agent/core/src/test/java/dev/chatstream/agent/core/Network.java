package dev.chatstream.agent.core;

import dev.chatstream.agent.core.InMemoryStore.Sent;
import dev.chatstream.agent.core.LeaseStore.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from one pod's store to the server, and back, in time: what is sent arrives and is answered later, or never, and
 * then the store says so after its command timeout. What arrives late is applied late. As a connection does, it keeps the
 * order of what is sent over it; what it had swallowed when it broke may come out at any time.
 */
final class Network {

    static final Duration NEVER = Duration.ofDays(10_000);

    /** How long after the send an operation is applied, and how long after that it is answered. */
    record Delay(Duration arrival, Duration answer) {
        static final Delay NONE = new Delay(Duration.ZERO, Duration.ZERO);

        /** Neither applied nor answered. */
        static final Delay SILENCE = new Delay(NEVER, NEVER);

        /** Applied at once, and not answered. */
        static final Delay DEAF = new Delay(Duration.ZERO, NEVER);

        /** Answered at once, by an error. */
        static final Delay REFUSED = new Delay(NEVER, Duration.ZERO);
    }

    private static final class Flight {
        private final HeldOperation operation;
        private final long timesOutAt;
        private long arrivesAt;
        private long answersAt;
        private boolean arrived;
        private boolean answered;

        Flight(HeldOperation operation, long sentAt, Delay delay, Duration timeout) {
            this.operation = operation;
            this.timesOutAt = sentAt + timeout.toNanos();
            this.arrivesAt = sentAt + delay.arrival.toNanos();
            this.answersAt = arrivesAt + delay.answer.toNanos();
        }

        void after(Flight before) {
            arrivesAt = later(arrivesAt, before.arrivesAt);
            answersAt = later(later(answersAt, before.answersAt), arrivesAt);
        }

        long toldAt() {
            return answersAt - timesOutAt <= 0 ? answersAt : timesOutAt;
        }
    }

    private record Plan(long sentAt, Delay delay) {}

    private final InMemoryStore store;
    private final LongSupplier clock;
    private final Duration timeout;
    private final Map<Sent, Plan> plans = new IdentityHashMap<>();
    private final List<Flight> flights = new ArrayList<>();

    /** What was sent last over this connection. */
    private @Nullable Flight last;

    private boolean ordered = true;

    Network(InMemoryStore store, LongSupplier clock, Duration timeout) {
        this.store = store;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** From now on; {@link Delay#NONE}: at once. What was under way stays so. */
    void delays(Function<Sent, Delay> delays) {
        store.faults(sent -> {
            Delay delay = delays.apply(sent);
            if (delay.equals(Delay.REFUSED)) {
                return new Fate.Fail(new Failure(Failure.Kind.REFUSED, "OOM"));
            }
            if (delay.equals(Delay.NONE) && !isBusy()) {
                return Fate.APPLY;
            }
            plans.put(sent, new Plan(clock.getAsLong(), delay));
            return Fate.HOLD;
        });
    }

    /** Nothing arrives and nothing is answered. */
    void silence() {
        delays(sent -> Delay.SILENCE);
    }

    void heal() {
        last = null;
        store.faults(null);
    }

    /** Whether something went before that is still under way. */
    private boolean isBusy() {
        take();
        return ordered && last != null && !(last.arrived && last.answered);
    }

    /** Whether commands keep their order; they do not where a slot moves to another node. */
    void ordered(boolean isOrdered) {
        ordered = isOrdered;
    }

    /** The connection breaks: nothing under way is answered; what did not arrive yet does so after this time. */
    void breaks(Function<Sent, Duration> arrival) {
        take();
        last = null;
        long now = clock.getAsLong();
        for (Flight flight : List.copyOf(flights)) {
            if (!flight.arrived) {
                flight.arrivesAt = now + arrival.apply(flight.operation.sent()).toNanos();
            }
            flight.answersAt = flight.timesOutAt + 1;
            tell(flight);
        }
    }

    /** Nanoseconds until something happens. Only the server's side of it if the pod stands still. */
    long untilDue(boolean paused) {
        take();
        long now = clock.getAsLong();
        long until = NEVER.toNanos();
        for (Flight flight : flights) {
            until = flight.arrived ? until : Math.min(until, flight.arrivesAt - now);
            until = flight.answered || paused ? until : Math.min(until, flight.toldAt() - now);
        }
        return until >= NEVER.toNanos() / 2 ? Long.MAX_VALUE : until;
    }

    void runDue(boolean paused) {
        take();
        long now = clock.getAsLong();
        for (Flight flight : List.copyOf(flights)) {
            if (!flight.arrived && flight.arrivesAt - now <= 0) {
                flight.arrived = true;
                flight.operation.arrive();
            }
            if (!paused && !flight.answered && flight.toldAt() - now <= 0) {
                tell(flight);
            }
        }
        flights.removeIf(flight -> flight.answered && (flight.arrived || flight.arrivesAt - now > NEVER.toNanos() / 2));
    }

    /** How many are under way that may still be applied or answered. */
    int underWay() {
        take();
        return flights.size();
    }

    private static void tell(Flight flight) {
        if (flight.answered) {
            return;
        }
        flight.answered = true;
        if (flight.arrived && flight.answersAt - flight.timesOutAt <= 0) {
            flight.operation.answer();
        } else {
            flight.operation.timeOut();
        }
    }

    /** Takes over what was sent since; what the test itself holds back stays. */
    private void take() {
        if (plans.isEmpty()) {
            return;
        }
        for (HeldOperation held : List.copyOf(store.held())) {
            Plan plan = plans.remove(held.sent());
            if (plan == null) {
                continue;
            }
            store.held().remove(held);
            Flight flight = new Flight(held, plan.sentAt(), plan.delay(), timeout);
            if (ordered && last != null) {
                flight.after(last);
            }
            last = flight;
            flights.add(flight);
        }
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
