package dev.chatstream.agent.adapters.kotlin;

import dev.chatstream.agent.shapes.Adapter;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.jvm.functions.Function2;

/**
 * The context of a guarded function: its caller's, with a job of its own and with the streams that it runs in. Code inside of
 * a {@code flow { }} may emit from there as if these were not in it: the library compares the contexts, element by element, and
 * would take the function for another coroutine.
 *
 * @param real what is in it
 * @param seen the same without the streams, for that comparison
 */
record GuardedContext(CoroutineContext real, CoroutineContext seen) implements CoroutineContext {

    private static final String COMPARES = "kotlinx.coroutines.flow.internal.SafeCollector";

    private static final ClassValue<Boolean> COMPARING = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> operation) {
            return operation.getName().startsWith(COMPARES);
        }
    };

    static GuardedContext of(CoroutineContext outer, GuardedScope scope, Adapter.Suspension suspension) {
        return new GuardedContext(
                realOf(outer).plus(scope).plus(new StreamElement(suspension.carried())),
                seenOf(outer).plus(scope));
    }

    private static CoroutineContext realOf(CoroutineContext context) {
        return context instanceof GuardedContext guarded ? guarded.real : context;
    }

    private static CoroutineContext seenOf(CoroutineContext context) {
        return context instanceof GuardedContext guarded ? guarded.seen : context;
    }

    @Override
    public <E extends Element> E get(Key<E> key) {
        return real.get(key);
    }

    @Override
    public <R> R fold(R initial, Function2<? super R, ? super Element, ? extends R> operation) {
        return (COMPARING.get(operation.getClass()) ? seen : real).fold(initial, operation);
    }

    @Override
    public CoroutineContext plus(CoroutineContext context) {
        return context.equals(EmptyCoroutineContext.INSTANCE)
                ? this
                : new GuardedContext(real.plus(realOf(context)), seen.plus(seenOf(context)));
    }

    @Override
    public CoroutineContext minusKey(Key<?> key) {
        return new GuardedContext(real.minusKey(key), seen.minusKey(key));
    }

    @Override
    public String toString() {
        return real.toString();
    }
}
