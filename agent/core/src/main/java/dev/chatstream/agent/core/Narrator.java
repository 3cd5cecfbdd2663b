package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.Ids.shown;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.core.LeaseStore.Failure;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All that the engine tells people, in one place. */
final class Narrator {

    private static final String OWN_FAULT = "own-fault";

    private final Journal journal;
    private final OnRedisDown onRedisDown;
    private final Set<String> saidOnce = ConcurrentHashMap.newKeySet();

    Narrator(Journal journal, OnRedisDown onRedisDown) {
        this.journal = journal;
        this.onRedisDown = onRedisDown;
    }

    void noStore() {
        warn(
                "no-redis",
                "no redis-uri is set: streams exclude each other within this JVM only. "
                        + "Set redis-uri to exclude them on all pods");
    }

    void degraded(String lane, Failure failure, boolean everAnswered) {
        String consequence = switch (onRedisDown) {
            case DEGRADE -> "one stream a chat within this JVM only until it answers (on-redis-down=degrade)";
            case REJECT -> "calls are refused until it answers (on-redis-down=reject)";
        };
        String never = everAnswered ? "" : " and has not answered since the start";
        tell(
                everAnswered ? Level.WARN : Level.ERROR,
                "redis-down",
                "Redis" + at(lane) + " cannot be reached" + never + ": " + failure.message() + "; " + consequence);
    }

    void reachableAgain(String lane) {
        tell(Level.INFO, "redis-up", "Redis" + at(lane) + " can be reached: chats are locked there again");
    }

    private static String at(String lane) {
        return lane.isEmpty() ? "" : " at " + lane;
    }

    /** Once a stream: it is tried again at each tick. */
    void keyFailure(OpenStream stream, Failure failure) {
        Lease lease = stream.lease();
        if (lease == null || lease.failsForTheFirstTime()) {
            warn("key-failure", "the lock of " + stream + " cannot be used: " + failure.message());
        }
    }

    void opened(OpenStream stream, Duration waited) {
        if (journal.tells(Level.DEBUG)) {
            String lock = stream.holdsLock() ? "fence " + stream.fence() : "without a lock";
            tell(Level.DEBUG, "entered", stream + " entered, " + lock + ", waited " + waited.toMillis() + " ms");
        }
    }

    void ended(OpenStream stream) {
        if (journal.tells(Level.DEBUG)) {
            tell(Level.DEBUG, "ended", stream + " ended");
        }
    }

    void refused(OpenStream stream, Entry.Refusal refusal) {
        if (journal.tells(Level.DEBUG)) {
            tell(Level.DEBUG, "refused", stream + " did not get in: " + refusal.message());
        }
    }

    void aborted(OpenStream stream, AbortReason reason, String origin) {
        tell(Level.INFO, "aborted", stream + " is aborted: " + reason + ", " + origin);
    }

    /** @param stack where the code of a stream is that was to end before; empty: it was not */
    void lost(OpenStream stream, Lease.Loss loss, boolean aborts, String stack) {
        String what = switch (loss) {
            case TO_ANOTHER -> "another stream holds the chat";
            case GONE -> "its lock is gone from Redis";
            case SUPERSEDED -> "another stream superseded it";
            case RAN_OUT -> "its lease ran out while Redis could not be reached";
        };
        String consequence = !stack.isEmpty()
                ? " was aborted and still runs. " + stack
                : aborts ? " is aborted" : " runs on without a lock";
        warn("lost", "lock lost: " + what + "; " + stream + consequence);
    }

    void takenAgain(OpenStream stream) {
        warn(
                "taken-again",
                "the lock of " + stream + " was gone from Redis and nobody had come between: taken again "
                        + "(to free a chat use ChatStreams.abortChat)");
    }

    void joined(OpenStream stream) {
        tell(Level.INFO, "joined", stream + " entered without Redis and holds its lock now, fence " + stream.fence());
    }

    void givenBack(OpenStream stream, String why, String stack) {
        warn(
                "given-back",
                stream + " was aborted and still runs " + why + ": its lock is given back, the chat is free. " + stack);
    }

    void wouldBeBusy(OpenStream stream, String why, Mode mode) {
        String line = "mode=" + name(mode) + ": " + stream + " entered a busy chat without a lock: " + why;
        tell(Level.INFO, "would-be-busy", line);
    }

    void switched(Mode before, Mode mode, int waited) {
        String line = "mode=" + name(mode) + " from now on, before it was " + name(before);
        tell(Level.INFO, "mode", waited == 0 ? line : line + "; calls that waited and have entered: " + waited);
    }

    private static String name(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    void stats(String line) {
        tell(Level.INFO, "stats", line);
    }

    void missingChatId(String method, String why) {
        if (saidOnce.add(method)) {
            warn(
                    "missing-chat-id",
                    method + " was called " + why + ": such calls run without a lock (on-missing-chat-id=pass)");
        }
    }

    void forgotten(OpenStream stream, String what) {
        warn("forgotten", what + " of " + stream + " was never closed and cannot be reached any more: closed now");
    }

    /** Once a method. */
    void onEventLoop(String method) {
        if (saidOnce.add("event loop " + method)) {
            warn(
                    "event-loop",
                    method
                            + " is called on an event loop, which must not block: it gets one attempt of at most 100 ms for its"
                            + " chat and never waits for it. Return a publisher (Mono, Flux …), whose chat is taken when it is"
                            + " subscribed to, or call it on a thread that may block. Said once");
        }
    }

    void neverSubscribed(OpenStream stream) {
        warn(
                "never-subscribed",
                "nobody has subscribed to what " + stream
                        + " returned within subscribe-timeout: its chat is free; whoever"
                        + " subscribes later takes it anew");
    }

    void callbackFailed(OpenStream stream, Throwable cause) {
        warn("callback-failed", "an onAbort callback of " + stream + " threw " + shown(String.valueOf(cause)));
    }

    /** Once for each kind: a sweep may run into the same error at every tick. */
    void ownFault(String where, Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (saidOnce.add(where + " " + cause.getClass().getName())) {
            tell(Level.ERROR, OWN_FAULT, "an error of the agent's own " + where + " (said once)", cause);
        }
    }

    void shutDown(long streams, long waiting) {
        if (streams > 0 || waiting > 0) {
            tell(
                    Level.INFO,
                    "shutdown",
                    "the JVM ends: " + streams + " open streams aborted and released, " + waiting + " waiting refused");
        }
    }

    static String millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis() + " ms";
    }

    /** How a stream is named in every line. */
    static String name(String chatId, String streamId, @Nullable String requestId, String method) {
        return "stream " + shown(streamId) + " in chat " + (chatId.isEmpty() ? "(none)" : shown(chatId))
                + (requestId == null ? "" : ", request " + shown(requestId)) + " (" + method + ")";
    }

    private void warn(String kind, String message) {
        tell(Level.WARN, kind, message);
    }

    private void tell(Level level, String kind, String message) {
        tell(level, kind, message, null);
    }

    private void tell(Level level, String kind, String message, @Nullable Throwable cause) {
        try {
            journal.tell(level, kind, message, cause);
        } catch (Throwable fault) { // no reason to lose a lease
            if (!kind.equals(OWN_FAULT)) {
                ownFault("while it told of " + kind, fault);
            }
        }
    }
}
