package dev.chatstream.it.quarkus;

import dev.chatstream.ChatStream;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Guarded itself, and called on event loops: each answer begins and is over when its chat is stopped. */
@Path("tokens")
public class Tokens {

    @GET
    @Path("many/{chat}")
    @ChatStream(chatId = "#chat")
    public Multi<String> many(@PathParam("chat") String chat) {
        return Multi.createFrom().emitter(emitter -> emitter.emit("token"));
    }

    @GET
    @Path("events/{chat}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ChatStream(chatId = "#chat")
    public Multi<String> events(@PathParam("chat") String chat) {
        return many(chat);
    }

    @GET
    @Path("one/{chat}")
    @ChatStream(chatId = "#chat")
    public Uni<String> one(@PathParam("chat") String chat) {
        return Uni.createFrom().nothing();
    }
}
