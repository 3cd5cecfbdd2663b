package dev.chatstream.it.jaxrs;

import dev.chatstream.ChatBusyException;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Set;

/** An application with a mapper of its own, which it is itself. */
abstract class Own<E extends Throwable> extends Application implements ExceptionMapper<E> {

    /** What nothing else answers. */
    private static final int TEAPOT = 418;

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ChatResource.class, getClass());
    }

    @Override
    public Response toResponse(E thrown) {
        return Response.status(TEAPOT).entity(getClass().getSimpleName()).build();
    }

    public static final class OfBusy extends Own<ChatBusyException> {}

    public static final class OfIllegalState extends Own<IllegalStateException> {}

    public static final class OfRuntime extends Own<RuntimeException> {}

    public static final class OfAny extends Own<Exception> {}

    public static final class OfAll extends Own<Throwable> {}

    /** No mapper. */
    public static final class OfNothing extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(ChatResource.class);
        }
    }
}
