package dev.chatstream.demo;

import dev.chatstream.ChatStreams;
import dev.chatstream.ChatStreams.Owners;
import dev.chatstream.demo.Chat.Message;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service's three requests. {@code X-User} names the caller, and only a chat's owner may write into it, read it, or stop its answer: ChatStream
 * stops whatever it is asked to, who may ask is the service's own business.
 */
@RestController
@RequestMapping("/chats/{chatId:[A-Za-z0-9._-]+}")
final class ChatController {
    private final Answers answers;
    private final ChatStore store;
    private final JsonMapper json;
    private final String pod;

    ChatController(Answers answers, ChatStore store, JsonMapper json, @Value("${demo.pod}") String pod) {
        this.answers = answers;
        this.store = store;
        this.json = json;
        this.pod = pod;
    }

    @PostMapping("/messages")
    void send(
            @PathVariable String chatId,
            @RequestHeader("X-User") String user,
            @RequestBody Question question,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        store.open(chatId, user);
        chatOf(user, chatId);
        answers.answer(chatId, question.text(), new EventWriter(response, json));
    }

    @PostMapping("/stop")
    Stopped stop(@PathVariable String chatId, @RequestHeader("X-User") String user) {
        chatOf(user, chatId);
        return new Stopped(ChatStreams.abortChat(chatId));
    }

    @GetMapping
    View show(@PathVariable String chatId, @RequestHeader("X-User") String user) {
        Chat chat = chatOf(user, chatId);
        Owners owners = ChatStreams.owners(Set.of(chatId));
        Optional<String> holder = Optional.ofNullable(owners.byChatId().get(chatId));
        // Without ChatStream nobody can tell an answer under way from one whose pod died.
        boolean abandoned = owners.verified() && holder.isEmpty();
        String state = chat.answer() == null ? "idle" : abandoned ? "interrupted" : "streaming";
        return new View(chatId, state, holder, chat.answer(), chat.messages(), pod);
    }

    private Chat chatOf(String user, String chatId) {
        Chat chat = store.find(chatId)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no chat " + chatId + "."));
        if (!chat.owner().equals(user)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "Chat " + chatId + " is somebody else's.");
        }
        return chat;
    }

    record Question(String text) {}

    /** @param streamId the stream that was stopped; empty where nobody is known to hold the chat */
    record Stopped(Optional<String> streamId) {}

    /**
     * @param state {@code idle}, {@code streaming}, or {@code interrupted}: the pod that wrote the answer is gone
     * @param heldBy the stream that holds the chat, on whichever pod
     * @param answer the answer under way, as far as it is saved
     */
    record View(
            String chatId,
            String state,
            Optional<String> heldBy,
            @Nullable String answer,
            List<Message> messages,
            String pod) {}
}
