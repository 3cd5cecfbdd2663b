package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.Objects;

/** What is enforced, which may be switched while the JVM runs. */
final class Enforcement {

    private final OnLost onLost;
    private volatile Mode mode;

    Enforcement(GuardSettings settings) {
        this.onLost = settings.onLost();
        this.mode = settings.mode();
    }

    Mode mode() {
        return mode;
    }

    /** Whether nothing is: nobody is kept out, and nothing is aborted but by Stop and shutdown. */
    boolean isNone() {
        return mode != Mode.ENFORCE;
    }

    /**
     * Race, a call that begins to wait: it does so before it looks here, and a switch is the other way round.
     *
     * @return how many calls waited, and have entered without a lock
     */
    int switchTo(Mode next, Registry registry) {
        mode = next;
        return isNone() ? registry.letWaitingIn() : 0;
    }

    /** Whether an abort for this reason has any effect. */
    boolean mayAbort(AbortReason reason) {
        return switch (reason) {
            case STOPPED, SHUTDOWN -> true;
            case CONSUMER_GONE, LOCK_LOST, SUPERSEDED, MAX_HOLD -> !isNone();
        };
    }

    boolean abortsWhenLost(Call.Rule rule, Lease.Loss loss) {
        OnLost asked = Objects.requireNonNullElse(rule.onLost(), onLost);
        return !isNone() && (loss == Lease.Loss.SUPERSEDED || asked == OnLost.ABORT);
    }
}
