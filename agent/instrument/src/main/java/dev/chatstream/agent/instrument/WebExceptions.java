package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * For an application that does not see the API and has Spring Web or JAX-RS: exceptions that these answer with a status of
 * their own, 409 where the chat is busy and 503 where Redis was needed and could not be asked.
 */
final class WebExceptions implements Exceptions {

    private static final String SPRING = "org.springframework.web.server.ResponseStatusException";
    private static final String[] JAX_RS = {
        "jakarta.ws.rs.WebApplicationException", "javax.ws.rs.WebApplicationException"
    };

    /** Of a text and a status. */
    private static final MethodType MADE = MethodType.methodType(RuntimeException.class, String.class, int.class);

    private final MethodHandle constructor;
    private final Exceptions others = new OfJdk();

    private WebExceptions(MethodHandle constructor) {
        this.constructor = constructor;
    }

    /** Null where the loader sees neither. */
    static @Nullable WebExceptions of(ClassLoader loader) {
        WebExceptions spring = ofSpring(loader);
        for (int i = 0; spring == null && i < JAX_RS.length; i++) {
            MethodHandle constructor =
                    constructor(loader, JAX_RS[i], MethodType.methodType(void.class, String.class, int.class));
            if (constructor != null) {
                return new WebExceptions(constructor.asType(MADE));
            }
        }
        return spring;
    }

    /** From Spring 5.3 on. */
    private static @Nullable WebExceptions ofSpring(ClassLoader loader) {
        MethodHandle constructor = constructor(
                loader, SPRING, MethodType.methodType(void.class, int.class, String.class, Throwable.class));
        if (constructor == null) {
            return null;
        }
        MethodHandle withoutCause = MethodHandles.insertArguments(constructor, 2, (Object) null);
        MethodType order = MethodType.methodType(withoutCause.type().returnType(), String.class, int.class);
        return new WebExceptions(
                MethodHandles.permuteArguments(withoutCause, order, 1, 0).asType(MADE));
    }

    private static @Nullable MethodHandle constructor(ClassLoader loader, String name, MethodType type) {
        try {
            Class<?> exception = Class.forName(name, false, loader);
            return RuntimeException.class.isAssignableFrom(exception)
                    ? MethodHandles.publicLookup().findConstructor(exception, type)
                    : null;
        } catch (Throwable unseen) { // the loader is the application's, and may throw anything
            return null;
        }
    }

    @Override
    public RuntimeException busy(String message, String chatId, @Nullable String ownerStreamId) {
        RuntimeException made = made(message, Api.CONFLICT);
        return made == null ? others.busy(message, chatId, ownerStreamId) : made;
    }

    @Override
    public RuntimeException unavailable(String message, String chatId) {
        RuntimeException made = made(message, Api.UNAVAILABLE);
        return made == null ? others.unavailable(message, chatId) : made;
    }

    /** Nobody waits for an answer any more, or it has begun. */
    @Override
    public RuntimeException aborted(String message, String streamId, AbortReason reason) {
        return others.aborted(message, streamId, reason);
    }

    /** Null where it cannot be made: JAX-RS needs an implementation for it. */
    private @Nullable RuntimeException made(String message, int status) {
        try {
            return (RuntimeException) constructor.invokeExact(message, status);
        } catch (Throwable withoutImplementation) {
            return null;
        }
    }
}
