package dev.chatstream.it.quarkus;

import dev.chatstream.it.place.Conversations;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Takes the requests, each on a worker thread. */
@Path("/")
public class ChatResource {

    private final Room room;

    @Inject
    public ChatResource(Room room) {
        this.room = room;
    }

    @GET
    @Path("{what}/{chat}")
    @Blocking
    public String reply(@PathParam("what") String what, @PathParam("chat") String chat) throws Exception {
        return Conversations.reply(
                what,
                chat,
                room::answer,
                room::ruled,
                one -> room.streamed(one).toUni().await().indefinitely());
    }
}
