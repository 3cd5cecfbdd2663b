package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Link;
import dev.chatstream.agent.redis.Finder.Found;
import dev.chatstream.agent.redis.Keeper.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The whole of Redis as this JVM sees it: nothing yet, one primary, or the primaries of a Cluster. Its state lives on the
 * loop; making connections is {@link Keeper}'s, on threads of their own.
 *
 * <pre>
 *   Unknown ── a primary answers ──▶ Single
 *      └────── a Cluster answers ──▶ Cluster
 * </pre>
 */
final class Fleet implements Sender, Lane.Home, Keeper.Work {

    /** Before it is known what Redis is. */
    static final String NO_LANE = "";

    private static final Duration SURVEYS_APART = Duration.ofSeconds(1);

    private final Seeds seeds;
    private final Link link;
    private final Talk talk;
    private final Loop loop;
    private final Deadlines deadlines;
    /** The name of the only lane there is, where it is no Cluster: a Sentinel's primary keeps its name when it moves. */
    private final String onlyLane;

    private final Connector connector;
    private final Finder finder;
    private final Limits limits;
    private final Keeper keeper = new Keeper("connect", SURVEYS_APART, this);

    private volatile @Nullable Lane single;
    private volatile @Nullable Cluster cluster;
    private volatile String why = "not connected yet";

    Fleet(RedisStore.Settings settings, Seeds seeds, Limits limits, Loop loop, Link link, Talk talk) {
        this.seeds = seeds;
        this.onlyLane = Objects.requireNonNullElseGet(
                seeds.masterName(), () -> seeds.nodes().get(0).toString());
        this.limits = limits;
        this.link = link;
        this.talk = talk;
        this.loop = loop;
        this.deadlines = new Deadlines(loop.events(), limits.command());
        this.connector = new Connector(settings, seeds, limits, loop);
        this.finder = new Finder(seeds, connector, limits);
    }

    void open() {
        keeper.want();
    }

    @Override
    public boolean isCluster() {
        return cluster != null;
    }

    @Override
    public String laneOf(int slot) {
        Cluster many = cluster;
        if (many != null) {
            return many.nameOf(slot);
        }
        return single == null ? NO_LANE : onlyLane;
    }

    /** On any thread. */
    @Override
    public void send(List<? extends Query> queries) {
        run(queries, () -> route(queries));
    }

    @Override
    public void sendTo(String lane, Query query) {
        List<Query> queries = List.of(query);
        run(queries, () -> {
            Cluster many = cluster;
            if (many != null) {
                many.sendTo(lane, query);
            } else {
                route(queries);
            }
        });
    }

    private void run(List<? extends Query> queries, Runnable task) {
        long due = System.nanoTime() + limits.command().toNanos();
        queries.forEach(query -> query.dueBy(due));
        if (!loop.run(task)) {
            queries.forEach(query -> query.finish(new Failure(Failure.Kind.NOT_SENT, "the store is closed")));
        }
    }

    private void route(List<? extends Query> queries) {
        Cluster many = cluster;
        Lane one = single;
        if (many != null) {
            many.send(queries);
        } else if (one != null) {
            one.send(queries);
        } else {
            Failure failure = new Failure(Failure.Kind.NOT_SENT, "no connection to Redis: " + why);
            queries.forEach(query -> query.finish(failure));
        }
    }

    @Override
    public void refused(Attempt attempt, String error, Lane lane) {
        Query query = attempt.query();
        if (query.script() != null && Refusal.is(error, "NOSCRIPT")) {
            attempt.wire().sendWhole(query);
            return;
        }
        Cluster many = cluster;
        if (many != null && many.follows(attempt, error)) {
            return;
        }
        query.finish(Refusal.failure(attempt.wire().server(), error));
        if (Refusal.isReadOnly(error)) {
            lane.renewWire("it has become a replica");
        }
    }

    /** Finds Redis, finds it again, or looks how a Cluster is laid out by now. */
    @Override
    public Progress attempt() throws InterruptedException {
        Cluster many = cluster;
        try {
            return many != null ? many.survey() : found(finder.find());
        } catch (Trouble e) {
            String reason = e.why();
            loop.run(() -> missing(reason));
            return Progress.AGAIN;
        }
    }

    private Progress found(Found found) throws Trouble, InterruptedException {
        switch (found) {
            case Found.Primary primary -> {
                if (!loop.run(() -> use(primary))) {
                    primary.wire().discard();
                }
            }
            case Found.ClusterNode node -> {
                if (single != null) {
                    node.wire().discard();
                    throw new Trouble(
                            node.wire().server() + ": it was no Cluster before, and is one now; restart this JVM");
                }
                Cluster many = new Cluster(this, loop, connector, finder, limits, keeper::want);
                many.begin(node, () -> cluster = many);
            }
        }
        return Progress.DONE;
    }

    private void use(Found.Primary found) {
        Lane lane = single;
        if (lane == null) {
            lane = new Lane(onlyLane, this, keeper::want);
            single = lane;
        }
        String line =
                "connected to Redis " + found.version() + " at " + found.wire().server() + ways();
        lane.use(found.wire(), line);
    }

    /** How the connection is made, for the log. */
    String ways() {
        String tls = seeds.tls() ? ", over TLS" : "";
        String sentinel = seeds.masterName() == null ? "" : ", the primary " + seeds.masterName() + " of its Sentinels";
        String ignored =
                seeds.ignored().isEmpty() ? "" : "; ignored in redis-uri: " + String.join(", ", seeds.ignored());
        return sentinel + tls + ignored;
    }

    private void missing(String reason) {
        Lane one = single;
        if (one != null) {
            one.missing(reason);
        } else if (!reason.equals(why)) {
            why = reason;
            talk.missing(NO_LANE, reason);
            if (cluster == null) {
                link.down(NO_LANE, reason);
            }
        }
    }

    @Override
    public void failed(Throwable error) {
        talk.ownError(error);
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public Talk talk() {
        return talk;
    }

    @Override
    public Deadlines deadlines() {
        return deadlines;
    }

    /** The threads that connect first: one that met a closed loop would start a thread of Netty's. */
    void close(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        Cluster many = cluster;
        keeper.close();
        if (many != null) {
            many.close();
        }
        long half = end - atMost.dividedBy(2).toNanos();
        keeper.awaitEnd(until(half));
        if (many != null) {
            many.awaitEnd(half);
        }
        loop.run(() ->
                deadlines.finishAll(new Failure(Failure.Kind.NO_ANSWER, "the store was closed before the answer")));
        loop.close(until(end));
    }

    static Duration until(long end) {
        return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }
}
