package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.Subscriptions.Seat;
import dev.chatstream.agent.core.Subscriptions.Turn;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Code that a method has returned, to be run by others. Each run has its stream as a subscription to a publisher has: the
 * first the call's own, where it comes within {@code subscribe-timeout}; each further one a stream of its own, in its turn.
 * The thread that runs it is inside the stream, and is interrupted by an abort as the method's own is.
 */
final class Body {

    private final Publication publication;
    private final boolean interruptible;

    Body(Publication publication, boolean interruptible) {
        this.publication = publication;
        this.interruptible = interruptible;
    }

    <T extends @Nullable Object> T run(Callable<T> code) throws Exception {
        Seat seat;
        try {
            seat = seat(publication.turn());
        } catch (ExecutionException | RuntimeException fault) {
            publication.failed(fault);
            return code.call();
        }
        return switch (seat) {
            case Seat.Taken taken -> run(code, taken.member());
            case Seat.Refused refused -> throw publication.exception(refused.refusal());
        };
    }

    private <T extends @Nullable Object> T run(Callable<T> code, Entry.Member member) throws Exception {
        Outlet outlet = publication.outlet(member);
        try {
            return member.run(code, interruptible);
        } finally {
            outlet.end();
        }
    }

    /** Waits as long as the method's policy says; an interrupt ends the wait, and is kept. */
    private static Seat seat(Turn turn) throws ExecutionException {
        CompletableFuture<Seat> seat = turn.seat();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return seat.get();
                } catch (InterruptedException interrupt) {
                    interrupted = true;
                    turn.withdraw(); // which decides, unless it is decided already
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
