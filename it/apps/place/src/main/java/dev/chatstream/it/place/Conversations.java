package dev.chatstream.it.place;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The conversations of an application, each of which runs until the test ends it. A request is {@code /<what>/<chat>}, and
 * its answer one line; each application brings the server that takes it. Runs without the API too.
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
        conversation.entered.complete(Streams.current());
        try {
            return conversation.end.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? "whole" : "forgotten";
        } catch (InterruptedException stopped) {
            return "stopped " + Streams.abortReason();
        } finally {
            RUNNING.remove(chatId);
        }
    }

    /**
     * Answers a request of the test.
     *
     * @param answers the method with the annotation
     * @param ruled the method without, for which there may be a rule
     * @param streamed takes all of what the other method with the annotation returns, which runs only then
     */
    public static String reply(String what, String chatId, Answers answers, Answers ruled, Answers streamed)
            throws Exception {
        return switch (what) {
            case "ask" -> "left " + seen(answers).answer(chatId);
            case "rule" -> "left " + seen(ruled).answer(chatId);
            case "stream" -> "left " + seen(streamed).answer(chatId);
            case "state" -> of(chatId).entered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            case "end" -> {
                of(chatId).end.countDown();
                yield "ended";
            }
            case "agent" -> "agent " + Streams.isAgentActive();
            case "loaders" -> "alive " + Loaders.alive();
            default -> "unknown request " + what;
        };
    }

    private static Answers seen(Answers answers) {
        Loaders.seen(answers.getClass().getClassLoader());
        return answers;
    }

    private static Conversation of(String chatId) {
        return RUNNING.computeIfAbsent(chatId, id -> new Conversation());
    }
}
