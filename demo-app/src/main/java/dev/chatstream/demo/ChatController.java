package dev.chatstream.demo;

import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatStreams;
import dev.chatstream.ChatStreams.Owners;
import dev.chatstream.demo.Chat.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The service's three requests. {@code X-User} names the caller, and only a chat's owner may write into it, read it, or stop its answer: ChatStream
 * stops whatever it is asked to, who may ask is the service's own business.
 */
@RestController
@RequestMapping("/chats/{chatId:[A-Za-z0-9._-]+}")
final class ChatController {
    private static final Logger LOG = LoggerFactory.getLogger(ChatController.class);

    private final Answers answers;
    private final ChatStore store;
    private final String pod;

    ChatController(Answers answers, ChatStore store, @Value("${demo.pod}") String pod) {
        this.answers = answers;
        this.store = store;
        this.pod = pod;
    }

    @PostMapping(path = "/messages", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<?>> send(
            @PathVariable String chatId, @RequestHeader("X-User") String user, @RequestBody Question question) {
        store.open(chatId, user);
        chatOf(user, chatId);
        Draft draft = new Draft(store, chatId);
        long called = System.nanoTime();
        Flux<Event> answer = answers.answer(chatId, question.text(), draft);
        LOG.info("chat {}: answer() has returned after {} ms", chatId, (System.nanoTime() - called) / 1_000_000);
        // A Stop, or whatever else aborts it, is told as an end; anything that fails breaks the response off.
        return answer.onErrorResume(ChatAbortedException.class, aborted -> Flux.empty())
                .concatWith(Mono.fromSupplier(draft::end))
                .map(ChatController::asSent);
    }

    private static ServerSentEvent<?> asSent(Event event) {
        return switch (event) {
            case Event.Begin begin ->
                ServerSentEvent.builder(begin).event("begin").build();
            case Event.Word word ->
                ServerSentEvent.builder(word.text())
                        .event("word")
                        .id("" + word.number())
                        .build();
            case Event.End end -> ServerSentEvent.builder(end).event("end").build();
        };
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
