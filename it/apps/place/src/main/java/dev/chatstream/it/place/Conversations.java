package dev.chatstream.it.place;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatStreams;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The conversations of an application, each of which runs until the test ends it. A request is {@code /<what>/<chat>}, and
 * its answer one line; each application brings the server that takes it.
 */
public final class Conversations {

    /** Longer than the test's own patience: what hangs is found there. */
    private static final long PATIENCE_SECONDS = 120;

    private static final Map<String, Conversation> RUNNING = new ConcurrentHashMap<>();

    private Conversations() {}

    private static final class Conversation {
        final CompletableFuture<String> entered = new CompletableFuture<>();
        final CountDownLatch end = new CountDownLatch(1);
    }

    /** The body of a guarded method: returns when the test ends it, or when it is interrupted. */
    public static String hold(String chatId) {
        Conversation conversation = of(chatId);
        conversation.entered.complete(stream());
        try {
            return conversation.end.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? "whole" : "forgotten";
        } catch (InterruptedException stopped) {
            return "stopped "
                    + ChatStreams.current()
                            .flatMap(ActiveStream::abortReason)
                            .map(Enum::name)
                            .orElse("by nobody");
        } finally {
            RUNNING.remove(chatId);
        }
    }

    /** Answers a request of the test. */
    public static String reply(String what, String chatId, Answers answers) throws Exception {
        return switch (what) {
            case "ask" -> ask(chatId, answers);
            case "state" -> of(chatId).entered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            case "end" -> {
                of(chatId).end.countDown();
                yield "ended";
            }
            case "agent" -> "agent " + ChatStreams.isAgentActive();
            case "loaders" -> "alive " + Loaders.alive();
            case "owners" -> ChatStreams.owners(List.of(chatId)).toString();
            default -> "unknown request " + what;
        };
    }

    private static String ask(String chatId, Answers answers) throws Exception {
        Loaders.seen(answers.getClass().getClassLoader());
        try {
            return "left " + answers.answer(chatId);
        } catch (ChatBusyException busy) {
            return "busy " + busy.ownerStreamId().orElse("-");
        } catch (ChatAbortedException aborted) {
            return "aborted " + aborted.reason();
        }
    }

    private static Conversation of(String chatId) {
        return RUNNING.computeIfAbsent(chatId, id -> new Conversation());
    }

    private static String stream() {
        return ChatStreams.current()
                .map(stream -> stream.streamId() + " holds " + stream.holdsLock() + " fence " + stream.fence()
                        + " chat [" + stream.chatId() + "] aborted "
                        + stream.abortReason().map(Enum::name).orElse("no"))
                .orElse("unguarded");
    }
}
