package dev.chatstream.agent.adapters.springmvc;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.DelegatingServerHttpResponse;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.StandardServletAsyncWebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/** What an emitter does not show: whether it is complete, the handler that sends, and what that has. */
final class EmitterSlots {

    /** A boolean; an {@link AtomicBoolean} in the first versions of Spring 6.2. */
    private final Slot<Object> complete = Slot.of(ResponseBodyEmitter.class, "complete", Object.class);

    private final Slot<Throwable> failure = Slot.of(ResponseBodyEmitter.class, "failure", Throwable.class);
    private final Slot<Object> handler = Slot.of(ResponseBodyEmitter.class, "handler", Object.class);
    private final Class<?> handlerType =
            ResponseBodyEmitter.class.getDeclaredField("handler").getType();
    private final HandlerCalls calls = new HandlerCalls();
    private final Slot<Enum<?>> state = Slot.of(StandardServletAsyncWebRequest.class, "state", Enum.class);

    /** Which field of a handler's class holds the result. */
    private final ClassValue<Optional<Slot<DeferredResult<?>>>> results = byType(DeferredResult.class);

    /** Which field of a handler's class holds what it writes to. */
    private final ClassValue<Optional<Slot<ServerHttpResponse>>> outputs = byType(ServerHttpResponse.class);

    /** Which field of Spring's response holds the request that says whether it may still be written to. */
    private final ClassValue<Optional<Slot<StandardServletAsyncWebRequest>>> requests =
            byType(StandardServletAsyncWebRequest.class);

    EmitterSlots() throws ReflectiveOperationException {}

    private static <T> ClassValue<Optional<Slot<T>>> byType(Class<? super T> held) {
        return new ClassValue<>() {
            @Override
            protected Optional<Slot<T>> computeValue(Class<?> type) {
                try {
                    return Optional.of(Slot.of(type, held));
                } catch (ReflectiveOperationException unknown) {
                    return Optional.empty();
                }
            }
        };
    }

    private static <T> Optional<T> in(ClassValue<Optional<Slot<T>>> fields, Object of) {
        return fields.get(of.getClass()).map(field -> field.get(of));
    }

    boolean isComplete(ResponseBodyEmitter emitter) {
        Object known = complete.get(emitter);
        return known instanceof AtomicBoolean atomic ? atomic.get() : Boolean.TRUE.equals(known);
    }

    @Nullable
    Throwable failure(ResponseBodyEmitter emitter) {
        return failure.get(emitter);
    }

    /** Spring's own; null: Spring MVC does not have the emitter yet. */
    @Nullable
    Object handler(ResponseBodyEmitter emitter) {
        Object known = handler.get(emitter);
        while (known != null
                && Proxy.isProxyClass(known.getClass())
                && Proxy.getInvocationHandler(known) instanceof WatchedHandler watched) {
            known = watched.theirs();
        }
        return known;
    }

    DeferredResult<?> result(Object handler) {
        return in(results, handler).orElseThrow();
    }

    /** From now on the ending is told what the emitter's handler sees. Only where there is a handler. */
    void watchHandler(ResponseBodyEmitter emitter, Ending ending) {
        handler.change(
                emitter,
                theirs -> Proxy.newProxyInstance(
                        handlerType.getClassLoader(),
                        new Class<?>[] {handlerType},
                        new WatchedHandler(requireNonNull(theirs), ending, calls)));
    }

    /**
     * Whether Spring refuses all that will be sent, since a write has failed or the container has said so. Where it cannot be
     * told, the next send tells it.
     */
    boolean isRefused(Object handler) {
        return in(outputs, handler)
                .map(EmitterSlots::innermost)
                .flatMap(response -> in(requests, response))
                .map(state::get)
                .filter(now -> now.name().equals("ERROR"))
                .isPresent();
    }

    private static @Nullable Object innermost(ServerHttpResponse output) {
        ServerHttpResponse inner = output;
        while (inner instanceof DelegatingServerHttpResponse outer) {
            inner = outer.getDelegate();
        }
        return inner instanceof ServletServerHttpResponse written ? written.getServletResponse() : null;
    }
}
