package dev.chatstream.agent.instrument;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.AbstractMap;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a JAX-RS runtime is told that has found nobody in the application who maps an exception: of the API's exceptions a
 * mapper to 409 or 503, or the response itself, without a body, as Spring Web answers. Of all others nothing. The types are the
 * runtime's own, {@code jakarta} or {@code javax}; none is linked to.
 */
final class UnmappedExceptions {

    private static final String MAPPER = ".ws.rs.ext.ExceptionMapper";
    private static final String RESPONSE = ".ws.rs.core.Response";
    private static final String JERSEYS_DEFAULT = "org.glassfish.jersey.server.DefaultExceptionMapper";

    private UnmappedExceptions() {}

    /**
     * Answers what the woven lookup has to return; null: what it would return anyway.
     *
     * @param found what it has; the runtime's own default is as nothing
     * @param runtime the class that was woven
     * @param method name and descriptor
     * @param arguments of that method: the exception, its class, or both
     */
    static @Nullable Object answer(@Nullable Object found, Class<?> runtime, String method, Object[] arguments)
            throws ReflectiveOperationException {
        int status = found == null || found.getClass().getName().equals(JERSEYS_DEFAULT) ? status(arguments) : 0;
        if (status == 0) {
            return null;
        }
        String returned =
                Type.getReturnType(method.substring(method.indexOf('('))).getClassName();
        if (returned.endsWith(RESPONSE)) {
            return response(type(runtime, returned), status);
        }
        if (returned.endsWith(MAPPER)) {
            return mapper(runtime, returned, status);
        }
        return new AbstractMap.SimpleEntry<>(exception(arguments), mapper(runtime, "jakarta" + MAPPER, status));
    }

    /** 0: it is none of the API's, and none that stands for one where there is no API. */
    private static int status(Object[] arguments) {
        for (Object argument : arguments) {
            if (argument instanceof Throwable exception) {
                return Aborts.isNoted(exception)
                        ? Api.CONFLICT
                        : Api.statusOf(exception.getClass().getName());
            }
            if (argument instanceof Class<?> type && Api.statusOf(type.getName()) != 0) {
                return Api.statusOf(type.getName());
            }
        }
        return 0;
    }

    private static @Nullable Throwable exception(Object[] arguments) {
        for (Object argument : arguments) {
            if (argument instanceof Throwable exception) {
                return exception;
            }
        }
        return null;
    }

    private static Object mapper(Class<?> runtime, String name, int status) throws ReflectiveOperationException {
        Class<?> mapper = type(runtime, name);
        Class<?> response = type(runtime, name.replace(MAPPER, RESPONSE));
        return Proxy.newProxyInstance(mapper.getClassLoader(), new Class<?>[] {mapper}, new Mapper(response, status));
    }

    private static Class<?> type(Class<?> runtime, String name) throws ClassNotFoundException {
        return Class.forName(name, false, runtime.getClassLoader());
    }

    private static Object response(Class<?> type, int status) throws ReflectiveOperationException {
        Method begin = type.getMethod("status", int.class);
        Object builder = begin.invoke(null, status);
        return begin.getReturnType().getMethod("build").invoke(builder);
    }

    /** Handles the calls of a mapper's interface. */
    private record Mapper(Class<?> response, int status) implements InvocationHandler {
        @Override
        @SuppressWarnings("ReferenceEquality") // it is equal to itself alone
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments)
                throws ReflectiveOperationException {
            return switch (method.getName()) {
                case "toResponse" -> UnmappedExceptions.response(response, status);
                case "equals" -> arguments != null && self == arguments[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> "ChatStream's mapper to " + status;
            };
        }
    }
}
