package dev.chatstream.agent.instrument;

import java.time.Duration;

/** Waits within class loading: never without a bound, and an interrupt is kept for whoever it is meant for. */
final class BoundedWait {

    /** What is waited for. */
    interface Waited {
        /** False: it has not come within so many nanoseconds. */
        boolean comesWithin(long nanos) throws InterruptedException;
    }

    private BoundedWait() {}

    /** False: it has not come in time. */
    static boolean untilComes(Waited what, Duration atMost) {
        boolean interrupted = false;
        boolean came = false;
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); left > 0 && !came; left = end - System.nanoTime()) {
            try {
                came = what.comesWithin(left);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return came;
    }
}
