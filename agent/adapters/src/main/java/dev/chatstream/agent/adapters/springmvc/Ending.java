package dev.chatstream.agent.adapters.springmvc;

import dev.chatstream.agent.shapes.Outlet;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.springframework.web.context.request.async.DeferredResult;

/** How one request that was left open ends. */
final class Ending {

    private static final int LONGEST_CHAIN = 16;

    /** So often something is looked at in a second, at the pace of a lookout: for so long a container starts or completes a request. */
    static final int MOST_LOOKS = 50;

    private final Outlet outlet;
    private final DeferredResult<?> result;
    private final Predicate<Throwable> isItsOwn;
    private volatile boolean nobodyReads;
    private volatile boolean over;

    /** @param isItsOwn whether a failure that is the result may be the application's, and not the container's */
    Ending(Outlet outlet, DeferredResult<?> result, Predicate<Throwable> isItsOwn) {
        this.outlet = outlet;
        this.result = result;
        this.isItsOwn = isItsOwn;
    }

    boolean isOver() {
        return over;
    }

    void timedOut() {
        nobodyReads = true;
        endsSoon();
    }

    /** The container says so: it is the response that has failed, and no code of the application's. */
    void failed(Throwable failure) {
        if (isOfTheResponse(failure)) {
            refused();
        } else {
            endsSoon();
        }
    }

    /** What was to be sent was not: only where nobody reads is that the end. */
    void unsent(Throwable failure) {
        if (saysThatNobodyReads(failure)) {
            refused();
        }
    }

    /** Nothing can be sent any more. */
    void refused() {
        nobodyReads = true;
        over();
    }

    /** The request has its result: the container is to complete it. */
    void decided() {
        if (isRefusedByItsResult()) {
            refused();
        } else {
            endsSoon();
        }
    }

    /** The request is over. */
    void over() {
        over = true;
        if (nobodyReads || isRefusedByItsResult()) {
            outlet.endSinceConsumerIsGone();
        } else {
            outlet.end();
        }
    }

    /**
     * The container will complete the request; or else it has lost it, as it does where the connection fails just now, and
     * never will. What is looked at is held for so long: it is not to be found forgotten instead.
     */
    private void endsSoon() {
        AtomicInteger looks = new AtomicInteger();
        outlet.lookAt(this, unused -> {
            if (!over && looks.incrementAndGet() >= MOST_LOOKS) {
                over();
            }
            return over;
        });
    }

    private boolean isRefusedByItsResult() {
        return result.getResult() instanceof Throwable failure
                && (isItsOwn.test(failure) ? saysThatNobodyReads(failure) : isOfTheResponse(failure));
    }

    /** Of a failure that the container has told. */
    private static boolean isOfTheResponse(Throwable failure) {
        return failure instanceof IOException || saysThatNobodyReads(failure);
    }

    /**
     * A timeout, or a client that is gone. By name: versions of Spring differ in which of the exceptions they have, and
     * applications wrap what their {@code send} threw before they complete with it.
     */
    private static boolean saysThatNobodyReads(Throwable failure) {
        Throwable each = failure;
        for (int i = 0; i < LONGEST_CHAIN && each != null; i++) {
            switch (each.getClass().getSimpleName()) {
                case "AsyncRequestTimeoutException", "AsyncRequestNotUsableException", "ClientAbortException" -> {
                    return true;
                }
                default -> each = each.getCause();
            }
        }
        return false;
    }
}
