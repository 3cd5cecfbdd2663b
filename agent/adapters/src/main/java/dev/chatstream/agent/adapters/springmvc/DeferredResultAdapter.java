package dev.chatstream.agent.adapters.springmvc;

import dev.chatstream.agent.shapes.Adapter;
import dev.chatstream.agent.shapes.Outlet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResult.DeferredResultHandler;

/**
 * {@link DeferredResult}: observed, since whoever sets it holds it. An abort gives it the application's {@code
 * ChatAbortedException} as its error result.
 *
 * <p>Until Spring MVC has it, it is looked at; from then on it tells its end, through its handler, which nobody sets but
 * Spring, and through its callbacks where the application leaves them.
 */
final class DeferredResultAdapter implements Adapter {

    private final Slot<DeferredResultHandler> handler =
            Slot.of(DeferredResult.class, "resultHandler", DeferredResultHandler.class);
    private final DeferredSlots slots = new DeferredSlots();

    DeferredResultAdapter() throws ReflectiveOperationException {}

    /** Hands a result on and, where nobody will tell of the request's completion, takes it for the end. */
    private final class Observed implements DeferredResultHandler {
        private final DeferredResultHandler theirs;
        private final DeferredResult<?> of;
        private final Ending ending;

        Observed(DeferredResultHandler theirs, DeferredResult<?> of, Ending ending) {
            this.theirs = theirs;
            this.of = of;
            this.ending = ending;
        }

        @Override
        public void handleResult(@Nullable Object result) {
            boolean handed = false;
            try {
                theirs.handleResult(result);
                handed = true;
            } finally {
                if (!handed || !slots.areOurs(of)) {
                    ending.over();
                }
            }
        }
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        DeferredResult<?> result = (DeferredResult<?>) value;
        outlet.onAbort(result, (there, aborted) -> abort(there, aborted, outlet));
        outlet.endIfForgotten(result);
        if (!settled(result, outlet)) {
            Watch watch = new Watch(result, outlet);
            outlet.lookAt(result, watch::settled);
        }
        return result;
    }

    /** For a second it holds the result: a request can be over, and its result collected, before anybody has looked at it. */
    private final class Watch {
        private final Outlet outlet;

        @SuppressWarnings("UnusedVariable")
        private @Nullable DeferredResult<?> held;

        private int looks;

        Watch(DeferredResult<?> result, Outlet outlet) {
            this.held = result;
            this.outlet = outlet;
        }

        boolean settled(DeferredResult<?> result) {
            looks++;
            held = looks < Ending.MOST_LOOKS ? result : null;
            return DeferredResultAdapter.this.settled(result, outlet);
        }
    }

    /** Whether it is over, or its end will be told. */
    private boolean settled(DeferredResult<?> result, Outlet outlet) {
        Ending ending = new Ending(outlet, result, failure -> true);
        if (observes(result, ending)) {
            return true;
        }
        if (result.isSetOrExpired()) {
            ending.over();
            return true;
        }
        return false;
    }

    /** Race, a result that is set meanwhile: the monitor decides whether its handler is this one. */
    private boolean observes(DeferredResult<?> result, Ending ending) {
        synchronized (result) {
            DeferredResultHandler theirs = handler.get(result);
            if (theirs == null) {
                return false;
            }
            handler.change(result, unchanged -> new Observed(theirs, result, ending));
        }
        slots.observe(result, ending);
        return true;
    }

    private static void abort(DeferredResult<?> result, RuntimeException aborted, Outlet outlet) {
        try {
            result.setErrorResult(aborted);
        } finally {
            outlet.end();
        }
    }
}
