package dev.chatstream.agent.shapes;

import java.util.List;
import java.util.concurrent.Future;

/** A {@link Future} that tells nobody when it is over: it is looked at. An abort cancels it, with interruption. */
final class FutureShape implements Shape {

    @Override
    public List<String> types() {
        return List.of("java.util.concurrent.Future");
    }

    @Override
    public boolean isOver(Object value) {
        return ((Future<?>) value).isDone();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it goes to whom it belongs
    public Object follow(Object value, Outlet outlet) {
        Future<?> future = (Future<?>) value;
        outlet.onAbort(future, (running, aborted) -> running.cancel(true));
        outlet.lookAt(future, running -> {
            if (running.isDone()) {
                outlet.end();
            }
            return running.isDone();
        });
        return future;
    }
}
