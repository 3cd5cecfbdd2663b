package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Failure;
import io.lettuce.core.protocol.CommandType;
import org.jspecify.annotations.Nullable;

/**
 * One question to the server and what becomes of it; finished exactly once, at the latest at its deadline. It is sent
 * once, and again only after an answer that says it was not carried out (NOSCRIPT, MOVED, ASK, TRYAGAIN).
 *
 * <p>Race, an answer against the deadline: both are handled on the loop, and the first finishes the query; a late answer
 * finds it finished and is dropped.
 */
abstract class Query {

    static final int NO_KEY = -1;
    private static final int MOST_REDIRECTS = 5;

    private final CommandType command;

    private final @Nullable Script script;
    private final Words words;
    private final int slot;
    private @Nullable Attempt attempt;
    private @Nullable Failure refused;
    private boolean finished;
    private int redirects;
    private long deadline;

    /** @param slot where its keys lie; {@link #NO_KEY}: any node of the lane at hand */
    Query(CommandType command, int slot, byte[]... words) {
        this.command = command;
        this.script = null;
        this.slot = slot;
        this.words = Words.of(words);
    }

    Query(Script script, int slot, Words wordsBehindDigest) {
        this.command = CommandType.EVALSHA;
        this.script = script;
        this.slot = slot;
        this.words = wordsBehindDigest;
    }

    /** On the loop, once: the server's answer. An exception in here is a malformed answer. */
    abstract void answered(@Nullable Object reply);

    /** On the loop, or on the caller's thread before anything was sent; once. */
    abstract void failed(Failure failure);

    /** The server that is being asked, for messages. */
    final String server() {
        return attempt == null ? "" : attempt.wire().server();
    }

    final int slot() {
        return slot;
    }

    final @Nullable Script script() {
        return script;
    }

    final boolean isFinished() {
        return finished;
    }

    final long deadline() {
        return deadline;
    }

    final void dueBy(long nanos) {
        this.deadline = nanos;
    }

    /** Another try; {@code whole}: with the script's text, for a server that may not know its digest. */
    final Attempt attempt(Wire wire, boolean whole) {
        Attempt next = script != null && whole
                ? new Attempt(this, wire, CommandType.EVAL, words.withFirst(script.text()))
                : new Attempt(this, wire, command, words);
        attempt = next;
        return next;
    }

    /** Whether one more redirection is to be followed at once; bounds what nodes that disagree can cost. */
    final boolean mayBeRedirected() {
        return ++redirects <= MOST_REDIRECTS;
    }

    /** It waits to be tried again; what it fails with if its deadline comes before. */
    final void refusedFor(Failure why) {
        refused = why;
        attempt = null;
        redirects = 0;
    }

    final void finish(Failure failure) {
        if (!finished) {
            finished = true;
            failed(failure);
        }
    }

    final void finish(@Nullable Object reply) {
        if (finished) {
            return;
        }
        finished = true;
        try {
            answered(reply);
        } catch (RuntimeException e) {
            failed(new Failure(
                    Failure.Kind.REFUSED, "Redis at " + server() + " gave an answer that makes no sense (" + e + ")"));
        }
    }

    /** The deadline has come. */
    final void expire(String waited) {
        Attempt last = attempt;
        if (finished) {
            return;
        }
        if (last != null && last.hasLeft()) {
            last.wire().unanswered(last.sentAt());
            finish(new Failure(Failure.Kind.NO_ANSWER, "no answer from Redis at " + server() + " within " + waited));
        } else if (refused != null) {
            finish(refused);
        } else {
            finish(new Failure(Failure.Kind.NOT_SENT, "not sent to Redis within " + waited));
        }
    }
}
