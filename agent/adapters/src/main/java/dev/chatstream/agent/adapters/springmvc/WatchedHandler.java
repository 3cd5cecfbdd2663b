package dev.chatstream.agent.adapters.springmvc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * An emitter's handler that tells what it sees: a send that fails, and the emitter's completion. It is there since containers
 * do not tell of every client that is gone, and each send to one fails.
 */
record WatchedHandler(Object theirs, Ending ending, HandlerCalls calls) implements InvocationHandler {

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return calls.call(method, theirs, arguments);
        } catch (Throwable failure) {
            ending.unsent(failure);
            throw failure;
        } finally {
            if (method.getName().startsWith("complete")) {
                ending.decided();
            }
        }
    }
}
