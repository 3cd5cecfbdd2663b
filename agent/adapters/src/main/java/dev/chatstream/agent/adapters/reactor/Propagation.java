package dev.chatstream.agent.adapters.reactor;

import dev.chatstream.agent.shapes.Passage;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.CorePublisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/**
 * Automatic context propagation, which an application may switch on: what is in the context is then to be seen by the code
 * inside operators too, and nowhere else. Reactor does that, in the one operator of its own that writes a context.
 */
final class Propagation {

    private static final String LIBRARY = "io.micrometer.context.ContextRegistry";

    /** Null: Reactor is too old, or has not got the library for it beside it. */
    private static final @Nullable MethodHandle IS_ON = find();

    private Propagation() {}

    private static @Nullable MethodHandle find() {
        try {
            ClassLoader reactor = Hooks.class.getClassLoader();
            // of a library that others share, this application would not be collected
            boolean beside = Objects.equals(
                    reactor, Class.forName(LIBRARY, false, reactor).getClassLoader());
            return beside
                    ? MethodHandles.publicLookup()
                            .findStatic(
                                    Hooks.class,
                                    "isAutomaticContextPropagationEnabled",
                                    MethodType.methodType(boolean.class))
                    : null;
        } catch (ReflectiveOperationException | LinkageError none) {
            return null;
        }
    }

    static boolean isOn() {
        try {
            return IS_ON != null && (boolean) IS_ON.invokeExact();
        } catch (Throwable itsOwn) {
            return false;
        }
    }

    /** The source, with the stream in its context. */
    static <T> CorePublisher<T> with(Passage.Api api, Object seen, CorePublisher<T> source) {
        StreamAccessor.register(api);
        return source instanceof Mono<T> mono
                ? mono.contextWrite(context -> context.put(api.activeStream(), seen))
                : ((Flux<T>) source).contextWrite(context -> context.put(api.activeStream(), seen));
    }
}
