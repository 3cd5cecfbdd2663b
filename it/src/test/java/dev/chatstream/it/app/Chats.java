package dev.chatstream.it.app;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.OnBusy;
import dev.chatstream.OnLost;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The guarded methods: each kind of method and of policy once. */
final class Chats {

    /** What a request may look like from which the chat id is taken. */
    record Request(@Nullable String chatId) {}

    String call(String method, Answer answer, String chatId, String streamId) throws Exception {
        return switch (method) {
            case "wait" -> waits(answer, chatId, streamId);
            case "reject" -> rejects(answer, chatId, streamId);
            case "supersede" -> supersedes(answer, chatId, streamId);
            case "deaf" -> deaf(answer, chatId);
            case "busily" -> busily(answer, chatId);
            case "quiet" -> uninterruptible(answer, chatId);
            case "goesOn" -> goesOn(answer, chatId);
            case "future" -> future(answer, chatId).get();
            case "detached" -> detached(answer, chatId);
            case "outer" -> outer(answer, chatId);
            case "twoChats" -> twoChats(answer, chatId);
            case "pool" -> inAPool(answer, chatId);
            case "none" -> fromARequest(answer, new Request(null));
            case "broken" -> fromAThrowingRequest(answer, new Throwing());
            default -> throw new IllegalArgumentException(method);
        };
    }

    @ChatStream(chatId = "#chatId", streamId = "#streamId", requestId = "'r-' + #answer.name")
    private String waits(Answer answer, String chatId, String streamId) {
        return answer.run();
    }

    @ChatStream(streamId = "#streamId", onBusy = OnBusy.REJECT)
    String rejects(Answer answer, @ChatId String chatId, String streamId) {
        return answer.run();
    }

    @ChatStream(chatId = "#p1", streamId = "#p2", onBusy = OnBusy.SUPERSEDE, acquireTimeout = "3s")
    static String supersedes(Answer answer, String chatId, String streamId) {
        return answer.run();
    }

    @ChatStream(chatId = "#chatId")
    final String deaf(Answer answer, String chatId) {
        return answer.runDeafly();
    }

    @ChatStream(chatId = "#chatId")
    String busily(Answer answer, String chatId) {
        return answer.runBusily();
    }

    @ChatStream(chatId = "#chatId", interruptible = false)
    String uninterruptible(Answer answer, String chatId) {
        return answer.run();
    }

    @ChatStream(chatId = "#chatId", onLost = OnLost.CONTINUE)
    String goesOn(Answer answer, String chatId) {
        return answer.run();
    }

    @ChatStream(chatId = "#chatId")
    CompletableFuture<String> future(Answer answer, String chatId) {
        answer.begin();
        CompletableFuture<String> later = new CompletableFuture<>();
        later.whenComplete((text, thrown) -> ChatApp.say(
                "completed",
                answer.getName(),
                thrown == null ? text : thrown.getClass().getSimpleName()));
        Thread.ofPlatform().daemon().start(() -> {
            try {
                later.complete(answer.goOn());
            } catch (RuntimeException failure) {
                later.completeExceptionally(failure);
            }
        });
        return later;
    }

    @ChatStream(chatId = "#chatId")
    String detached(Answer answer, String chatId) {
        ActiveStream.Detached part = ChatStreams.current().orElseThrow().detach();
        answer.begin();
        Thread.ofPlatform().daemon().start(() -> {
            answer.goOn();
            part.close();
            ChatApp.say("closed", answer.getName(), "its detached part");
        });
        return "returned";
    }

    @ChatStream(chatId = "#chatId", streamId = "'outer-of-' + #answer.name")
    String outer(Answer answer, String chatId) {
        String before = current();
        String inner = rejects(answer, chatId, "another-id");
        return inner + " inside " + before + " and then " + current();
    }

    @ChatStream(chatId = "#chatId", streamId = "'outer-of-' + #answer.name")
    String twoChats(Answer answer, String chatId) {
        String inner = rejects(answer, chatId + "-second", "inner-of-" + answer.getName());
        return inner + " and then " + current();
    }

    @ChatStream(chatId = "#chatId", streamId = "'outer-of-' + #answer.name")
    String inAPool(Answer answer, String chatId) throws InterruptedException {
        StringBuilder seen = new StringBuilder();
        Thread plain =
                Thread.ofPlatform().start(() -> seen.append("plain thread ").append(current()));
        plain.join();
        Runnable look = () -> seen.append(", wrapped ").append(current());
        Thread wrapped =
                Thread.ofPlatform().start(ChatStreams.current().orElseThrow().wrap(look));
        wrapped.join();
        Thread virtual =
                Thread.ofVirtual().start(() -> seen.append(", virtual ").append(current()));
        virtual.join();
        return seen.toString();
    }

    private static String current() {
        return ChatStreams.current().map(ActiveStream::streamId).orElse("none");
    }

    @ChatStream(chatId = "#request.chatId")
    String fromARequest(Answer answer, Request request) {
        return answer.run();
    }

    /** A request whose getter is out of order. */
    static final class Throwing {
        public String getChatId() {
            throw new IllegalStateException("the getter is out of order");
        }
    }

    @ChatStream(chatId = "#request.chatId")
    String fromAThrowingRequest(Answer answer, Throwing request) {
        return answer.run();
    }
}
