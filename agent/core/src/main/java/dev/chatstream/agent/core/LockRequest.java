package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Holder;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the store for the lock of one call's chat, as soon as the store can be asked, and tells the admission. */
final class LockRequest {

    private final Engine engine;
    private final Admission admission;
    private final Markers marker;

    LockRequest(Engine engine, Admission admission) {
        this.engine = engine;
        this.admission = admission;
        this.marker = admission.stream().markers();
    }

    /** @param overrule whose lock is taken away, or null */
    void send(@Nullable Holder overrule) {
        send(overrule, engine.now());
    }

    private void send(@Nullable Holder overrule, long begunAt) {
        if (!engine.hasStore()) {
            admission.decision().in();
            return;
        }
        engine.on(engine.laneOf(admission.stream()).reach(), reach -> {
            switch (reach) {
                case Lane.Reach.Up up -> acquire(overrule, begunAt);
                case Lane.Reach.Down down -> {
                    engine.probe(engine.laneOf(admission.stream()));
                    admission.decision().unreachable(down.failure());
                }
            }
        });
    }

    private void acquire(@Nullable Holder overrule, long begunAt) {
        Lane lane = engine.laneOf(admission.stream());
        Lease lease = Objects.requireNonNull(admission.stream().lease());
        long sentAt = engine.now();
        if (!lease.beginsAcquire(sentAt)) {
            return; // decided meanwhile
        }
        // An error of the agent's own ends the admission, and the call goes on unguarded.
        // The lease hears of every answer, also of one that comes when the call does not wait for it any more.
        CompletableFuture<Acquisition> answer = Questions.acquire(
                        engine,
                        lane,
                        sentAt,
                        () -> engine.store().acquire(lease.claim(), overrule, marker.isToBeLookedUp()),
                        admission.decision()::failed)
                .thenApply(given -> {
                    lease.acquired(given, sentAt);
                    return given;
                });
        engine.on(
                lane.orDown(answer, failure -> failure),
                given -> answered(given, failure -> failed(lane, failure, overrule, begunAt)),
                fault -> admission.decision().failed(fault));
    }

    private void answered(Acquisition answer, Consumer<Failure> failed) {
        switch (answer) {
            case Acquisition.Won won -> {
                marker.looked(won.markerFound());
                admission.decision().in();
            }
            case Acquisition.Busy busy -> {
                marker.looked(busy.markerFound());
                busy(busy.holder());
            }
            case Acquisition.Spent spent -> {} // given back already, so decided
            case Failure failure -> failed.accept(failure);
        }
    }

    private void busy(Holder holder) {
        String owner = holder.streamId();
        if (engine.releases().isOurs(holder)) {
            send(holder); // a stream of this JVM that has ended: its release has not arrived yet
        } else if (owner.equals(admission.stream().streamId())) {
            admission.decision().busy("the same message was sent twice", owner);
        } else if (admission.onBusy() == OnBusy.REJECT || engine.isObserving()) {
            admission.decision().busy("another stream is open in it", owner);
        } else {
            admission.waitFor(holder);
        }
    }

    /** A call waits for a connection that is being made; the time since it began bounds how often it begins again. */
    private void failed(Lane lane, Failure failure, @Nullable Holder overrule, long begunAt) {
        boolean mayBeginAgain =
                engine.now() - begunAt < engine.settings().commandTimeout().toNanos();
        switch (failure.kind()) {
            case NOT_SENT -> {
                lane.linkDown(failure.message());
                if (mayBeginAgain) {
                    send(overrule, begunAt);
                } else {
                    admission.decision().unreachable(failure);
                }
            }
            case NO_ANSWER -> {
                if (mayBeginAgain && lane.isMissing()) {
                    send(overrule, begunAt); // the connection broke; the same claim may ask again
                } else {
                    admission.decision().unreachable(failure);
                }
            }
            case KEY -> {
                engine.narrator().keyFailure(admission.stream(), failure);
                admission.decision().unreachable(failure);
            }
            case REFUSED -> admission.decision().unreachable(failure);
        }
    }
}
