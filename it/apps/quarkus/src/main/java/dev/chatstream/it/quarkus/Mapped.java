package dev.chatstream.it.quarkus;

import dev.chatstream.ChatStream;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps what it throws. */
@Path("mapped")
public class Mapped {

    /** What nothing else answers. */
    private static final int TEAPOT = 418;

    @GET
    @Path("{chat}")
    @Blocking
    @ChatStream(chatId = "#chat")
    public String answer(@PathParam("chat") String chat) {
        return "answered " + chat;
    }

    @GET
    @Path("later/{chat}")
    @ChatStream(chatId = "#chat")
    public Uni<String> later(@PathParam("chat") String chat) {
        return Uni.createFrom().nothing();
    }

    @ServerExceptionMapper
    public Response map(RuntimeException thrown) {
        return Response.status(TEAPOT).entity(thrown.getClass().getSimpleName()).build();
    }
}
