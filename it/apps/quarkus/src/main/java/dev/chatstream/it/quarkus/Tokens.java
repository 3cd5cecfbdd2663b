package dev.chatstream.it.quarkus;

import dev.chatstream.ChatStream;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

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
    @Path("one/{chat}")
    @ChatStream(chatId = "#chat")
    public Uni<String> one(@PathParam("chat") String chat) {
        return Uni.createFrom().nothing();
    }
}
