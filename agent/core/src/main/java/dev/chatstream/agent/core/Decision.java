package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.LeaseStore.Failure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Whether one call gets in.
 *
 * <p>Race: an answer of the store, the deadline, a Stop, an interrupt and the shutdown all decide; the first one does, by a
 * compare-and-set, and undoes what the call had where it is out. A lock that is won after that is given back by its lease,
 * which is closed by then.
 */
final class Decision {

    /** How it went. */
    sealed interface Outcome {
        record In(OpenStream stream) implements Outcome {}

        record Out(Entry.Refusal refusal) implements Outcome {}
    }

    /** What takes longer was waited for, if only an answer of the store. */
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private final Engine engine;
    private final Admission admission;
    private final OpenStream stream;
    private final long enteredAt;
    private final AtomicBoolean made = new AtomicBoolean();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    Decision(Engine engine, Admission admission) {
        this.engine = engine;
        this.admission = admission;
        this.stream = admission.stream();
        this.enteredAt = engine.now();
    }

    boolean isMade() {
        return made.get();
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    void in() {
        if (!make()) {
            return;
        }
        Duration waited = waited();
        if (admission.patience().hasStarted() || waited.compareTo(AT_ONCE) > 0) {
            // race, an abort by somebody who sees whose the chat is now: that comes after, and is told after
            engine.tell(stream, new Call.Event.LetIn(waited, true));
        }
        boolean superseded = engine.places().opened(admission);
        stream.markers().held();
        stream.open();
        engine.narrator().opened(stream, waited);
        outcome.complete(new Outcome.In(stream));
        if (superseded) {
            stream.abort(AbortReason.SUPERSEDED, "by another call in this JVM");
        }
        engine.places().taken(stream.chatId());
    }

    boolean out(Entry.Refusal refusal) {
        if (!make()) {
            return false;
        }
        engine.tell(stream, new Call.Event.Refused(waited(), refusal));
        stream.refuse();
        engine.narrator().refused(stream, refusal);
        outcome.complete(new Outcome.Out(refusal));
        return true;
    }

    /** The chat is another's; while only observing, that keeps nobody out. */
    void busy(String why, @Nullable String owner) {
        if (engine.isObserving()) {
            boolean unused = withoutLock(why);
        } else if (out(Refusals.busy(stream, why, owner))) {
            engine.tally().busy.increment();
        }
    }

    /** The mode was switched: a call that waits does so no more. False: it does not wait. */
    boolean enforcedNoMore() {
        return admission.patience().hasStarted() && withoutLock("it waited when the mode was switched");
    }

    private boolean withoutLock(String why) {
        if (!make()) {
            return false;
        }
        engine.tell(stream, new Call.Event.LetIn(waited(), false));
        engine.enterWithoutLock(stream, why);
        outcome.complete(new Outcome.In(stream));
        return true;
    }

    /** The store could not be asked. */
    void unreachable(Failure failure) {
        if (engine.isObserving() || engine.settings().onRedisDown() == OnRedisDown.DEGRADE) {
            engine.tally().degraded.increment();
            in();
        } else {
            out(Refusals.unavailable(stream, failure));
        }
    }

    void aborted(AbortReason reason) {
        out(Refusals.aborted(stream, reason));
    }

    /** An error of the agent's own: whoever waits gets it. */
    void failed(Throwable fault) {
        if (make()) {
            stream.refuse();
            outcome.completeExceptionally(fault);
        }
    }

    private Duration waited() {
        return Duration.ofNanos(engine.now() - enteredAt);
    }

    private boolean make() {
        if (!made.compareAndSet(false, true)) {
            return false;
        }
        admission.waitsNoMore();
        return true;
    }
}
