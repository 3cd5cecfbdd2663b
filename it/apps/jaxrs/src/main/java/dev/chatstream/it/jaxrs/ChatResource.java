package dev.chatstream.it.jaxrs;

import dev.chatstream.ChatLockUnavailableException;
import dev.chatstream.ChatStream;
import dev.chatstream.it.place.Conversations;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes the requests, and handles no refusal. */
@Path("/")
public class ChatResource {

    @GET
    @Path("{what}/{chat}")
    public String reply(@PathParam("what") String what, @PathParam("chat") String chat) throws Exception {
        return switch (what) {
            case "away" -> throw new ChatLockUnavailableException("Redis is away", chat, null);
            case "fail" -> throw new IllegalStateException("something else");
            default -> Conversations.reply(what, chat, this::answer, this::answer, this::answer);
        };
    }

    /** Guarded itself. */
    @GET
    @Path("later/{chat}")
    @ChatStream(chatId = "#chat")
    public CompletionStage<String> later(@PathParam("chat") String chat) {
        return CompletableFuture.completedFuture("answered " + chat);
    }

    @ChatStream(chatId = "#chatId")
    String answer(String chatId) {
        return Conversations.hold(chatId);
    }
}
