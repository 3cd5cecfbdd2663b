package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Holder;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks the store for the lock of one call's chat, as soon as the store can be asked, and tells the admission. */
final class LockRequest {

    private final Engine engine;
    private final Admission admission;
    private final Markers marker;

    LockRequest(Engine engine, Admission admission, Markers marker) {
        this.engine = engine;
        this.admission = admission;
        this.marker = marker;
    }

    /** @param overrule whose lock is taken away, or null */
    void send(@Nullable Holder overrule) {
        if (!engine.hasStore()) {
            admission.decision().in();
            return;
        }
        engine.on(engine.laneOf(admission.stream()).reach(), reach -> {
            switch (reach) {
                case Lane.Reach.Up up -> acquire(overrule);
                case Lane.Reach.Down down -> {
                    engine.probe(engine.laneOf(admission.stream()));
                    admission.decision().unreachable(down.failure());
                }
            }
        });
    }

    private void acquire(@Nullable Holder overrule) {
        Lane lane = engine.laneOf(admission.stream());
        Lease lease = Objects.requireNonNull(admission.stream().lease());
        long sentAt = engine.now();
        if (!lease.beginsAcquire(sentAt)) {
            return; // decided meanwhile
        }
        // The lease hears of every answer, also of one that comes when the call does not wait for it any more.
        CompletableFuture<Acquisition> answer = engine.store()
                .acquire(lease.claim(), overrule, marker.isToBeLookedUp())
                .thenApply(given -> {
                    lane.heard(given, sentAt, engine.now());
                    lease.acquired(given, sentAt);
                    return given;
                });
        engine.on(lane.orDown(answer, failure -> failure), given -> answered(lane, given));
    }

    private void answered(Lane lane, Acquisition answer) {
        switch (answer) {
            case Acquisition.Won won -> {
                marker.seen(won.markerFound());
                admission.decision().in();
            }
            case Acquisition.Busy busy -> {
                marker.seen(busy.markerFound());
                busy(busy.holder());
            }
            case Acquisition.Spent spent -> {} // given back already, so decided
            case Failure failure -> failed(lane, failure);
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

    private void failed(Lane lane, Failure failure) {
        switch (failure.kind()) {
            case NOT_SENT -> {
                lane.linkDown(failure.message());
                send(null); // waits for the connection, or hears that it is missing for too long
            }
            case KEY -> {
                engine.narrator().keyFailure(admission.stream(), failure);
                admission.decision().unreachable(failure);
            }
            case NO_ANSWER, REFUSED -> admission.decision().unreachable(failure);
        }
    }
}
