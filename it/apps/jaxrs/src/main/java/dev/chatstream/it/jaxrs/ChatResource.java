package dev.chatstream.it.jaxrs;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatLockUnavailableException;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.it.place.Conversations;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes the requests, and handles no refusal. */
@Path("/")
public class ChatResource {

    /** Somebody would complete them. */
    private static final Queue<CompletableFuture<String>> NEVER = new ConcurrentLinkedQueue<>();

    @GET
    @Path("{what}/{chat}")
    public String reply(@PathParam("what") String what, @PathParam("chat") String chat) throws Exception {
        return switch (what) {
            case "away" -> throw new ChatLockUnavailableException("Redis is away", chat, null);
            case "asking" -> asking(chat);
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

    /** Until it is stopped. */
    @GET
    @Path("never/{chat}")
    @ChatStream(chatId = "#chat")
    public CompletionStage<String> never(@PathParam("chat") String chat) {
        CompletableFuture<String> made = new CompletableFuture<>();
        NEVER.add(made);
        return made;
    }

    /** Leaves by the API's own exception when it is stopped. */
    @ChatStream(chatId = "#chatId")
    String asking(String chatId) {
        String said = Conversations.hold(chatId);
        ChatStreams.current().ifPresent(ActiveStream::throwIfAborted);
        return said;
    }

    @ChatStream(chatId = "#chatId")
    String answer(String chatId) {
        return Conversations.hold(chatId);
    }
}
