package dev.chatstream.agent.adapters.springmvc;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/** Calls the methods of an emitter's handler, a type that is not public; what they throw comes as it is. */
final class HandlerCalls {

    private static final MethodType ANY = MethodType.methodType(Object.class, Object.class, Object[].class);

    private final MethodHandles.Lookup lookup =
            MethodHandles.privateLookupIn(ResponseBodyEmitter.class, MethodHandles.lookup());
    private final Map<Method, MethodHandle> known = new ConcurrentHashMap<>();

    HandlerCalls() throws IllegalAccessException {}

    @Nullable
    Object call(Method method, Object target, @Nullable Object @Nullable [] arguments) throws Throwable {
        MethodHandle handle = requireNonNull(known.computeIfAbsent(method, this::handle));
        return (Object) handle.invokeExact(target, arguments);
    }

    private MethodHandle handle(Method method) {
        try {
            return lookup.unreflect(method)
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(ANY);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
