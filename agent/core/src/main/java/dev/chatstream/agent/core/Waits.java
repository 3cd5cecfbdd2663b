package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a thread waits for an {@link Admission}. */
final class Waits {

    /** So long, and not longer, a call may hold up an event loop. */
    private static final Duration ON_EVENT_LOOP = Duration.ofMillis(100);

    private Waits() {}

    /** Race, the answer against the end of the attempt: the {@link Decision} is made by whichever comes first. */
    static Decision.Outcome atOnce(Admission admission) {
        try {
            return admission.decision().outcome().get(ON_EVENT_LOOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            admission
                    .decision()
                    .unreachable(new Failure(
                            Failure.Kind.NO_ANSWER, "no answer within " + ON_EVENT_LOOP.toMillis() + " ms"));
        } catch (InterruptedException interrupt) {
            admission.interrupted();
            Thread.currentThread().interrupt();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("no outcome for " + admission.stream(), fault);
        }
        return toTheEnd(admission);
    }

    /** An interrupt ends the wait for a busy chat, and is kept; it does not end the wait for an answer of the store. */
    static Decision.Outcome toTheEnd(Admission admission) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return admission
                            .decision()
                            .outcome()
                            .get(admission.patience().longest(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException interrupt) {
                    interrupted = true;
                    admission.interrupted();
                } catch (ExecutionException | TimeoutException fault) {
                    admission.decision().failed(fault);
                    throw new IllegalStateException("no outcome for " + admission.stream(), fault);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
