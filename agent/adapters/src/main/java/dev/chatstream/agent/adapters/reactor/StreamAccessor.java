package dev.chatstream.agent.adapters.reactor;

import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.shapes.Passage;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets the library for context propagation read and set which stream a thread runs in. One for each copy of the API; the
 * library keeps it for ever, so it holds that copy weakly. Linked only where the library is.
 */
final class StreamAccessor implements ThreadLocalAccessor<Object> {

    /**
     * What holds a copy of the API, kept with its own class, so that it goes when that goes. Of the JDK's types and the agent's,
     * so that a copy which several applications share does not hold this one.
     */
    private static final ClassValue<AtomicReference<Passage.@Nullable Api>> KNOWN = new ClassValue<>() {
        @Override
        protected AtomicReference<Passage.@Nullable Api> computeValue(Class<?> activeStream) {
            return new AtomicReference<>();
        }
    };

    private final WeakReference<Class<?>> key;
    private final WeakReference<Passage.Api> api;

    private StreamAccessor(Passage.Api api) {
        this.key = new WeakReference<>(api.activeStream());
        this.api = new WeakReference<>(api);
    }

    static void register(Passage.Api api) {
        if (KNOWN.get(api.activeStream()).compareAndSet(null, api)) {
            ContextRegistry.getInstance().registerThreadLocalAccessor(new StreamAccessor(api));
        }
    }

    @Override
    public Object key() {
        Class<?> there = key.get();
        return there == null ? this : there;
    }

    @Override
    public @Nullable Object getValue() {
        Passage.Api there = api.get();
        return there == null ? null : there.current();
    }

    @Override
    public void setValue(Object activeStream) {
        Passage.Api there = api.get();
        GuardedStream.carry(there == null ? null : there.behind(activeStream));
    }

    @Override
    public void setValue() {
        GuardedStream.carry(null);
    }

    /** What older versions of the library call. */
    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // it is not ours to deprecate
    public void reset() {
        GuardedStream.carry(null);
    }
}
