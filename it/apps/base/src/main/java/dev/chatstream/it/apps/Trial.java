package dev.chatstream.it.apps;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatStreams;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls a guarded method as the users of one chat do, and says what came of it, in a line {@code trial <name>: …}. The body
 * of the method has to be {@link #hold}; a busy chat has to be refused at once.
 */
public final class Trial {

    /** What is said of a method that is guarded as it should be. */
    public static final String GUARDED = "locked, busy, stopped STOPPED, free, whole, free";

    /** Only a hang takes so long. */
    private static final long PATIENCE_SECONDS = 60;

    private static final Map<String, Trial> RUNNING = new ConcurrentHashMap<>();

    private final String chatId;
    private final CompletableFuture<String> entered = new CompletableFuture<>();
    private final CountDownLatch end = new CountDownLatch(1);

    private Trial(String chatId) {
        this.chatId = chatId;
    }

    /** A guarded method, which may be anything that is given a chat id. */
    @FunctionalInterface
    public interface Method {
        @Nullable
        Object call(String chatId) throws Throwable;
    }

    /** The body of a guarded method: until it is stopped, or may end. */
    public static String hold(String chatId) {
        Trial trial = RUNNING.get(chatId);
        return trial == null ? "not tried" : trial.hold();
    }

    private String hold() {
        ActiveStream stream = ChatStreams.current().orElse(null);
        boolean locked = stream != null && stream.holdsLock() && stream.chatId().equals(chatId);
        entered.complete(stream == null ? "unguarded" : locked ? "locked" : "no lock of chat " + stream.chatId());
        try {
            return end.await(PATIENCE_SECONDS, TimeUnit.SECONDS) ? "whole" : "forgotten";
        } catch (InterruptedException stopped) {
            return "stopped "
                    + ChatStreams.current().flatMap(ActiveStream::abortReason).orElse(null);
        }
    }

    /** Until Redis has answered, as a service does that is not ready before: some agents slow the loading of its client down. */
    public static void awaitRedis() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!ChatStreams.owners(List.of("-")).verified()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Redis does not answer");
            }
            Thread.sleep(5);
        }
    }

    /** In a chat of the trial's name. */
    public static void of(String name, Method method) throws Exception {
        awaitRedis();
        Trial trial = new Trial(name);
        RUNNING.put(name, trial);
        CompletableFuture<String> first = trial.start(method);
        String state = trial.entered.applyToEither(first, text -> text).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!state.equals("locked")) {
            trial.end.countDown();
            say(name, state + ", " + first.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            return;
        }
        String second = outcome(method, name);
        ChatStreams.abortChat(name);
        String stopped = first.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String afterStop = freed(name);
        trial.end.countDown();
        String third = outcome(method, name);
        say(name, String.join(", ", state, second, stopped, afterStop, third, freed(name)));
    }

    private CompletableFuture<String> start(Method method) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("trial-" + chatId).start(() -> outcome.complete(outcome(method, chatId)));
        return outcome;
    }

    private static String outcome(Method method, String chatId) {
        try {
            return String.valueOf(method.call(chatId));
        } catch (Throwable thrown) {
            return outcome(thrown);
        }
    }

    /** Futures and reflection put it into an exception of their own. */
    private static String outcome(Throwable thrown) {
        for (Throwable cause : Desk.chain(thrown)) {
            if (cause instanceof ChatBusyException) {
                return "busy";
            }
        }
        return Desk.told(thrown);
    }

    /** Whether the chat is free, or gets so: after futures and publishers, and on event loops, nobody waits for the release. */
    public static String freed(String chatId) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (ChatStreams.owner(chatId).isPresent()) {
            if (System.nanoTime() > end) {
                return "held by " + ChatStreams.owner(chatId).orElse("nobody any more");
            }
            Thread.sleep(5);
        }
        return "free";
    }

    public static void say(String name, Object what) {
        System.out.print("trial " + name + ": " + what + "\n");
        System.out.flush();
    }
}
