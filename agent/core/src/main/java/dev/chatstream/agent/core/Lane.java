package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Whether one node of the store can be asked now, so that no call waits for it longer than the first one did.
 *
 * <pre>
 *          link up                     nothing answered for a command timeout
 *   Missing ─────▶ Up ─────────────────────────────────────────────────────────▶ Down
 *     │  ▲          ▲  └── link down ──▶ Missing                                   │
 *     │  └─ link down (only the reason changes)                                    │
 *     │             └───────────────────────────── an answer, or link up ──────────┘
 *     └── missing for a command timeout ──▶ Down
 * </pre>
 *
 * <p>A link that goes down while the lane is Down changes nothing: calls have waited for this outage already.
 *
 * <p>Race, a call that begins to wait against the lane going down: both take the monitor, so that a call either is told
 * or sees the state.
 */
final class Lane {

    /** Whether the lane can be asked. */
    sealed interface Reach {
        record Up() implements Reach {}

        record Down(Failure failure) implements Reach {}
    }

    private sealed interface State {
        record Up() implements State {}

        record Missing(String why) implements State {}

        record Down(Failure failure) implements State {}
    }

    private static final Reach REACHED = new Reach.Up();
    private static final State UP = new State.Up();

    private final String name;
    private final long patience;
    private final Timetable timetable;
    private final Outages outages;

    /** Guarded by this. */
    private State state;

    private Timetable.Timer timer = Timetable.NOTHING;
    private long lastAnswer;
    private boolean everAnswered;
    private boolean probing;
    private boolean ended;
    /** Told when the lane is up or down, and when it is down: calls that wait for a connection, and for an answer. */
    private final Set<Consumer<Reach>> waiting = ConcurrentHashMap.newKeySet();

    private final Set<Consumer<Failure>> watching = ConcurrentHashMap.newKeySet();

    Lane(String name, long patience, Timetable timetable, Outages outages) {
        this.name = name;
        this.patience = patience;
        this.timetable = timetable;
        this.outages = outages;
        this.state = new State.Missing("not connected yet");
        this.timer = timetable.after(patience, this::missedForTooLong);
    }

    /** Answers at once where the state is known, else when it is; at the latest one command timeout after it went missing. */
    synchronized CompletableFuture<Reach> reach() {
        return switch (state) {
            case State.Up up -> CompletableFuture.completedFuture(REACHED);
            case State.Down down -> CompletableFuture.completedFuture(new Reach.Down(down.failure()));
            case State.Missing missing -> {
                CompletableFuture<Reach> told = new CompletableFuture<>();
                waiting.add(told::complete);
                yield told;
            }
        };
    }

    /** The answer, or what the lane's going down makes of it if that comes first. */
    <T> CompletableFuture<T> orDown(CompletableFuture<T> answer, Function<Failure, T> instead) {
        if (answer.isDone()) {
            return answer;
        }
        CompletableFuture<T> first = new CompletableFuture<>();
        Consumer<Failure> watch = failure -> first.complete(instead.apply(failure));
        synchronized (this) {
            if (state instanceof State.Down down) {
                return CompletableFuture.completedFuture(instead.apply(down.failure()));
            }
            watching.add(watch);
        }
        var unused = answer.whenComplete((value, fault) -> {
            watching.remove(watch);
            if (fault == null) {
                first.complete(value);
            } else {
                first.completeExceptionally(fault);
            }
        });
        return first;
    }

    String name() {
        return name;
    }

    synchronized boolean isUp() {
        return state instanceof State.Up;
    }

    /** True for whoever is to send the one probe that may be under way. */
    synchronized boolean beginsProbe() {
        boolean begins = state instanceof State.Down && !probing;
        probing |= begins;
        return begins;
    }

    synchronized boolean isMissing() {
        return state instanceof State.Missing;
    }

    void linkUp() {
        boolean changed;
        synchronized (this) {
            changed = goes(UP);
        }
        if (changed) {
            drain(waiting, REACHED);
        }
        outages.connected(name);
    }

    synchronized void linkDown(String why) {
        switch (state) {
            case State.Up up -> {
                goes(new State.Missing(why));
                timer = timetable.after(patience, this::missedForTooLong);
            }
            case State.Missing missing -> state = new State.Missing(why);
            case State.Down down -> state = new State.Down(new Failure(Failure.Kind.NOT_SENT, why));
        }
    }

    /** Any answer of the store to a command that was sent at this time; what it means for the lane. */
    void heard(Outages.Work work, Object answer, long sentAt, long now) {
        if (!(answer instanceof Failure failure)) {
            answered(now);
            outages.succeeded(name, work);
            return;
        }
        switch (failure.kind()) {
            case REFUSED -> {
                answered(now);
                outages.refused(name, work, failure);
            }
            case KEY -> {
                answered(now);
                outages.answered(name);
            }
            case NO_ANSWER -> silent(failure, sentAt);
            case NOT_SENT -> probed();
        }
    }

    private void answered(long now) {
        boolean changed;
        synchronized (this) {
            lastAnswer = now;
            everAnswered = true;
            changed = goes(UP);
        }
        if (changed) {
            drain(waiting, REACHED);
        }
    }

    private synchronized void probed() {
        probing = false;
    }

    private void silent(Failure failure, long sentAt) {
        synchronized (this) {
            probing = false;
            boolean othersWereAnswered = everAnswered && lastAnswer - sentAt > 0;
            if (!(state instanceof State.Up) || othersWereAnswered) { // one lost answer is not silence
                return;
            }
            goes(new State.Down(failure));
        }
        wentDown(failure);
    }

    private void missedForTooLong() {
        Failure failure;
        synchronized (this) {
            if (!(state instanceof State.Missing missing)) {
                return;
            }
            failure = new Failure(Failure.Kind.NOT_SENT, missing.why());
            goes(new State.Down(failure));
        }
        wentDown(failure);
    }

    /** The JVM ends, and with it the timer: nobody may wait any more. No outage, so nothing is said. */
    void end() {
        Failure failure = new Failure(Failure.Kind.NOT_SENT, "the JVM ends");
        synchronized (this) {
            goes(new State.Down(failure));
            ended = true; // a connection that is made at this moment changes nothing
        }
        tellAll(failure);
    }

    private void wentDown(Failure failure) {
        outages.down(name, failure);
        tellAll(failure);
    }

    private void tellAll(Failure failure) {
        drain(watching, failure);
        drain(waiting, new Reach.Down(failure));
    }

    /** Called under the monitor; whether that is news. */
    private boolean goes(State next) {
        probing = false;
        if (ended || (next instanceof State.Up && state instanceof State.Up)) {
            return false;
        }
        state = next;
        timer.cancel();
        return true;
    }

    private static <T> void drain(Set<Consumer<T>> told, T news) {
        List<Consumer<T>> all = List.copyOf(told);
        all.forEach(told::remove);
        all.forEach(one -> one.accept(news));
    }
}
