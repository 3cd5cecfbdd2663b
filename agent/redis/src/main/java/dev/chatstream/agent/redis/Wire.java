package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.redis.Seeds.Node;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from its greeting to its end; it never comes back, a new one takes its place. Lives on the loop.
 *
 * <pre>
 *   live ── closed by the server, by the network, or by {@link #cut} ──▶ ended
 * </pre>
 */
final class Wire {

    /** Told once of the end, and of every answer. */
    interface Owner {
        void ended(Wire wire, String why);

        void answered(Attempt attempt);
    }

    private final Node node;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final EventLoop loop;
    private final Duration patience;

    /** Scripts that were sent whole over this connection, so that the server knows their digests. */
    private final Set<Script> known = EnumSet.noneOf(Script.class);

    private @Nullable Owner owner;
    private @Nullable String why;
    private long lastHeard = System.nanoTime();
    private long unansweredSince;
    private boolean watched;
    private boolean ended;

    /** @param patience how long the server may owe every answer before the connection counts as dead */
    Wire(Node node, StatefulRedisConnection<byte[], byte[]> connection, EventLoop loop, Duration patience) {
        this.node = node;
        this.connection = connection;
        this.loop = loop;
        this.patience = patience;
    }

    String server() {
        return node.toString();
    }

    Node node() {
        return node;
    }

    /**
     * Begins to serve its owner, on the loop. Race, the connection's end against this: it is looked at after the listener
     * is in place.
     */
    void serve(Owner served) {
        owner = served;
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> closed) {
                end("the server or the network closed it");
            }

            @Override
            public void onRedisExceptionCaught(RedisChannelHandler<?, ?> closed, Throwable cause) {
                if (why == null) {
                    why = Trouble.inShort(cause);
                }
            }
        });
        if (!connection.isOpen()) {
            end("the server or the network closed it");
        }
    }

    /**
     * Asks and waits, on any thread but the loop.
     *
     * @throws Trouble with what the server said, or if it said nothing in time
     */
    @Nullable
    Object ask(Duration atMost, CommandType command, String... words) throws Trouble, InterruptedException {
        Reply reply = new Reply();
        Words bytes = Words.of(Arrays.stream(words).map(Keys::bytes).toList());
        var answer = new AsyncCommand<>(new Command<>(command, reply, bytes));
        try {
            connection.dispatch(answer);
            answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return reply.value();
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw Trouble.of(e, node, false);
        }
    }

    /** Whether a command got no answer in time, and nothing was heard since. */
    boolean isSilent() {
        return watched && lastHeard - unansweredSince < 0;
    }

    boolean isLive() {
        return !ended;
    }

    /** Sends queries in this order, in one write to the network. */
    void send(List<? extends Query> queries) {
        if (queries.size() == 1) {
            connection.dispatch(attempt(queries.get(0)));
        } else {
            connection.dispatch(queries.stream()
                    .<RedisCommand<byte[], byte[], ?>>map(this::attempt)
                    .toList());
        }
    }

    /** Sends a query again with its script whole. */
    void sendWhole(Query query) {
        connection.dispatch(query.attempt(this, true));
    }

    /** Closes a connection that serves nobody; on any thread. */
    void discard() {
        var unused = connection.closeAsync();
    }

    /** Sends a query to a node that is just taking its slot over. */
    void sendAsking(Query query) {
        Query asking = new Asking();
        connection.dispatch(
                List.<RedisCommand<byte[], byte[], ?>>of(asking.attempt(this, false), query.attempt(this, true)));
    }

    private Attempt attempt(Query query) {
        Script script = query.script();
        return query.attempt(this, script != null && known.add(script));
    }

    void answered(Attempt attempt) {
        lastHeard = System.nanoTime();
        if (owner != null) {
            owner.answered(attempt);
        }
    }

    /** The connection ended, or could not take the command, before the answer was there. */
    void broke(Attempt attempt) {
        attempt.query()
                .finish(
                        attempt.hasLeft()
                                ? new Failure(
                                        Failure.Kind.NO_ANSWER,
                                        "the connection to Redis at " + node + " was lost before the answer")
                                : new Failure(
                                        Failure.Kind.NOT_SENT, "the connection to Redis at " + node + " was lost"));
    }

    /**
     * A command of this time got no answer in its own. Where nothing is heard for the wire's whole patience, the
     * connection is dead though nobody said so.
     */
    void unanswered(long sentAt) {
        if (watched || ended || lastHeard - sentAt >= 0) {
            return;
        }
        watched = true;
        unansweredSince = sentAt;
        long wait = patience.toNanos() - (System.nanoTime() - sentAt);
        var unused = loop.schedule(() -> judge(sentAt), Math.max(0, wait), TimeUnit.NANOSECONDS);
    }

    private void judge(long sentAt) {
        watched = false;
        if (!ended && lastHeard - sentAt < 0) {
            cut("no answer for " + patience.toMillis() + " ms");
        }
    }

    /** Ends it from this side. */
    void cut(String reason) {
        why = reason;
        end(reason);
    }

    private void end(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        discard(); // the driver's client keeps every connection that was not closed from this side
        if (owner != null) {
            owner.ended(this, why == null ? reason : why);
        }
    }

    /** Makes the next command of the connection welcome on a node that does not serve its slot yet. */
    private static final class Asking extends Query {
        Asking() {
            super(CommandType.ASKING, NO_KEY);
        }

        @Override
        void answered(@Nullable Object reply) {}

        @Override
        void failed(Failure failure) {}
    }
}
