package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.LeaseStore.Asked;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Written;
import org.jspecify.annotations.Nullable;

/**
 * How a superseder tells whoever is in its way. In this JVM directly; on another pod by the holder's record first, then by
 * its abort marker, so that the holder knows a superseder from a Stop.
 */
final class Supersession {

    private final Engine engine;
    private final Admission admission;
    private final LockRequest request;
    private volatile @Nullable Holder told;

    /** How often in a row the holder had moved when it was asked: after the second time it waits for a tick. */
    private int moved;

    Supersession(Engine engine, Admission admission, LockRequest request) {
        this.engine = engine;
        this.admission = admission;
        this.request = request;
    }

    /** In this JVM. A call that only waits is not aborted: it makes way. */
    void clear(Chat.Placed.InFront front) {
        if (front.earlier() != null) {
            displace(front.earlier());
        }
        Admission candidate = front.candidate();
        if (candidate != null) {
            switch (candidate.onBusy()) {
                case SUPERSEDE -> displace(candidate);
                case WAIT, REJECT -> candidate.makeWay();
            }
        }
        if (front.victim() != null) {
            front.victim().abort(AbortReason.SUPERSEDED, "by another call in this JVM");
        }
    }

    private static void displace(Admission earlier) {
        earlier.stream().abort(AbortReason.SUPERSEDED, "by a later superseder");
    }

    /** On another pod; each holder once, and again at each look until it is known to be told. */
    void tell(Holder holder) {
        if (hasTold(holder)) {
            admission.waitForLook();
            return;
        }
        engine.on(engine.store().ask(admission.stream().chatId(), holder), answer -> {
            switch (answer) {
                case Asked.Told t -> mark(holder);
                case Asked.Plain p -> mark(holder);
                case Asked.Moved m -> again();
                case Failure unknown -> admission.waitForLook();
            }
        });
    }

    boolean hasTold(Holder holder) {
        return holder.equals(told);
    }

    private void mark(Holder holder) {
        moved = 0;
        engine.on(engine.store().mark(holder.streamId()), written -> {
            switch (written) {
                case Written.Done done -> told = holder;
                case Failure unknown -> {}
            }
            admission.waitForLook();
        });
    }

    private void again() {
        if (++moved > 1) {
            moved = 0;
            admission.waitForLook();
        } else {
            request.send(null);
        }
    }
}
