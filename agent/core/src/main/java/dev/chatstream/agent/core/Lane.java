package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Whether one node of the store can be asked now, so that no call waits for it longer than the first one did. Its states and
 * what changes them: {@link Health}.
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

    private static final Reach REACHED = new Reach.Up();
    private static final Health UP = new Health.Up();
    private static final int SLOW_AT_MOST = 4;

    private final String name;
    private final long patience;
    private final Timetable timetable;
    private final Outages outages;

    /** Guarded by this. */
    private Health health;

    private Timetable.Timer timer = Timetable.NOTHING;
    private long lastAnswer;
    private boolean everAnswered;
    private boolean probing;
    private boolean ended;
    private final Callers callers = new Callers();

    Lane(String name, long patience, Timetable timetable, Outages outages) {
        this.name = name;
        this.patience = patience;
        this.timetable = timetable;
        this.outages = outages;
        this.health = new Health.Missing("not connected yet", false);
        this.timer = timetable.after(patience, this::missedForTooLong);
    }

    /** Answers at once where the state is known, else when it is; at the latest one command timeout after it went missing. */
    CompletableFuture<Reach> reach() {
        noLongerSlow();
        return reached();
    }

    private synchronized CompletableFuture<Reach> reached() {
        return switch (health) {
            case Health.Up up -> CompletableFuture.completedFuture(REACHED);
            case Health.Slow slow -> CompletableFuture.completedFuture(new Reach.Down(slow.failure()));
            case Health.Down down -> CompletableFuture.completedFuture(new Reach.Down(down.failure()));
            case Health.Missing missing -> callers.waitForConnection();
        };
    }

    /** The answer, or what the lane's going down makes of it if that comes first. */
    <T> CompletableFuture<T> orDown(CompletableFuture<T> answer, Function<Failure, T> instead) {
        if (answer.isDone()) {
            return answer;
        }
        CompletableFuture<T> first = new CompletableFuture<>();
        Consumer<Failure> watch;
        synchronized (this) {
            if (health instanceof Health.Down down) {
                return CompletableFuture.completedFuture(instead.apply(down.failure()));
            }
            watch = callers.waitForAnswer(first, instead);
        }
        var unused = answer.whenComplete((value, fault) -> {
            callers.over(watch);
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
        return health instanceof Health.Up;
    }

    /** True for whoever is to send the one probe that may be under way. */
    synchronized boolean beginsProbe() {
        boolean begins = health instanceof Health.Down && !probing;
        probing |= begins;
        return begins;
    }

    synchronized boolean isMissing() {
        return health instanceof Health.Missing;
    }

    void linkUp() {
        boolean changed;
        synchronized (this) {
            changed = goes(UP);
        }
        if (changed) {
            callers.up(REACHED);
        }
        outages.connected(name);
    }

    void linkDown(String why) {
        reason(why);
        noLongerSlow();
    }

    private synchronized void reason(String why) {
        switch (health) {
            case Health.Up up -> {
                goes(new Health.Missing(why, true));
                timer = timetable.after(patience, this::missedForTooLong);
            }
            case Health.Missing missing -> health = new Health.Missing(why, true);
            case Health.Slow slow -> health = new Health.Slow(new Failure(Failure.Kind.NOT_SENT, why));
            case Health.Down down -> health = new Health.Down(new Failure(Failure.Kind.NOT_SENT, why));
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
            callers.up(REACHED);
        }
    }

    private synchronized void probed() {
        probing = false;
    }

    private void silent(Failure failure, long sentAt) {
        synchronized (this) {
            probing = false;
            boolean othersWereAnswered = everAnswered && lastAnswer - sentAt > 0;
            if (!(health instanceof Health.Up) || othersWereAnswered) { // one lost answer is not silence
                return;
            }
            goes(new Health.Down(failure));
        }
        wentDown(failure);
    }

    private void missedForTooLong() {
        Failure failure;
        synchronized (this) {
            if (!(health instanceof Health.Missing missing)) {
                return;
            }
            failure = new Failure(Failure.Kind.NOT_SENT, missing.why());
            if (!missing.tried() && callers.noneWaitsForConnection()) {
                goes(new Health.Slow(failure));
                timer = timetable.after(SLOW_AT_MOST * patience, this::noLongerSlow);
                return;
            }
            goes(new Health.Down(failure));
        }
        wentDown(failure);
    }

    /** Race, a call, an attempt that fails and the timer all come here: the first of them says that it is down. */
    private void noLongerSlow() {
        Failure failure;
        synchronized (this) {
            if (!(health instanceof Health.Slow slow)) {
                return;
            }
            failure = slow.failure();
            goes(new Health.Down(failure));
        }
        wentDown(failure);
    }

    /** The JVM ends, and with it the timer: nobody may wait any more. No outage, so nothing is said. */
    void end() {
        Failure failure = new Failure(Failure.Kind.NOT_SENT, "the JVM ends");
        synchronized (this) {
            goes(new Health.Down(failure));
            ended = true; // a connection that is made at this moment changes nothing
        }
        callers.down(failure);
    }

    private void wentDown(Failure failure) {
        outages.down(name, failure);
        callers.down(failure);
    }

    /** Called under the monitor; whether that is news. */
    private boolean goes(Health next) {
        probing = false;
        if (ended || (next instanceof Health.Up && health instanceof Health.Up)) {
            return false;
        }
        health = next;
        timer.cancel();
        return true;
    }
}
