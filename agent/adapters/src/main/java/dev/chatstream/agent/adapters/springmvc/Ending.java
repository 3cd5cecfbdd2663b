package dev.chatstream.agent.adapters.springmvc;

import dev.chatstream.agent.shapes.Outlet;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.DeferredResult;

/** How one request that was left open ends. */
final class Ending {

    private static final int LONGEST_CHAIN = 16;

    private final Outlet outlet;
    private volatile boolean nobodyReads;

    Ending(Outlet outlet) {
        this.outlet = outlet;
    }

    void timedOut() {
        nobodyReads = true;
    }

    /** The container says so: it is the response that has failed, and no code of the application's. */
    void failed(Throwable failure) {
        nobodyReads |= failure instanceof IOException;
    }

    /** The request is over. */
    void over(DeferredResult<?> result) {
        if (nobodyReads || saysThatNobodyReads(result.getResult())) {
            outlet.endSinceConsumerIsGone();
        } else {
            outlet.end();
        }
    }

    /**
     * A timeout, or a client that is gone. By name: versions of Spring differ in which of the exceptions they have, and
     * applications wrap what their {@code send} threw before they complete with it.
     */
    private static boolean saysThatNobodyReads(@Nullable Object result) {
        Throwable each = result instanceof Throwable failure ? failure : null;
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
