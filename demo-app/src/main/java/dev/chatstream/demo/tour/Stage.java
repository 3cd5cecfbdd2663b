package dev.chatstream.demo.tour;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the scenes are played: Redis, two pods without the agent, two with it, and what a scene does with them, narrated. */
final class Stage {
    private static final int LOG_LINES = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Narrator narrator;
    private final Optional<RedisServer> ownRedis;
    private final URI redis;
    private final PodFactory pods;
    private final Chats chats;
    private final Pod plain1;
    private final Pod plain2;
    private Pod agent1;
    private final Pod agent2;

    private Stage(Narrator narrator, Optional<RedisServer> ownRedis, URI redis, Chats chats, PodFactory pods) {
        this.narrator = narrator;
        this.ownRedis = ownRedis;
        this.redis = redis;
        this.pods = pods;
        this.chats = chats;
        // All four start at once; the narrator names them in this order.
        Child first = pods.plain("plain-1");
        Child second = pods.plain("plain-2");
        Child third = pods.guarded("agent-1", redis);
        Child fourth = pods.guarded("agent-2", redis);
        plain1 = ready("plain-1", first);
        plain2 = ready("plain-2", second);
        agent1 = ready("agent-1", third);
        agent2 = ready("agent-2", fourth);
        showLog(agent1, 0, "guards this JVM");
    }

    static Stage set(Household household, Narrator narrator, Optional<URI> givenRedis) throws IOException {
        Optional<RedisServer> own =
                givenRedis.isPresent() ? Optional.empty() : Optional.of(RedisServer.start(household));
        URI redis = givenRedis.or(() -> own.map(RedisServer::uri)).orElseThrow();
        narrator.see(
                "redis",
                own.isPresent() ? "a redis-server 7.0.15 of the tour's own, on port " + redis.getPort() : greet(redis));
        Chats chats = household.keep(() -> own.isPresent() ? Chats.inOwn(redis) : new Chats(redis));
        PodFactory pods = PodFactory.withDatabase(household);
        narrator.see("database", "H2, one for all pods, in a process of its own: " + pods.database());
        narrator.say(
                "Two pods start as they always did, plain-1 and plain-2; two with one flag and two settings more, agent-1 and agent-2:");
        narrator.plain(pods.guardedCommand(redis).indent(11).stripTrailing());
        return new Stage(narrator, own, redis, chats, pods);
    }

    private static String greet(URI redis) throws IOException {
        try (RedisClient client = RedisClient.connect(redis)) {
            return "yours, at " + redis.getHost() + ", answers " + client.call("PING");
        }
    }

    private Pod ready(String name, Child child) {
        Pod pod = Pod.awaitReady(name, child);
        if (name.startsWith("agent") && !pod.isGuarded()) {
            throw new TourException(name + " runs without ChatStream although it has the flag"
                    + pod.log().lastFew());
        }
        narrator.see(name, "process " + pod.pid() + " is ready on " + pod.address());
        // Whatever a pod does first is slow; that is not what the tour is about.
        pod.send(chats.named("first-of-" + name), "Count to 1").end();
        return pod;
    }

    Narrator narrator() {
        return narrator;
    }

    /** The tour's own Redis, which it may kill. */
    Optional<RedisServer> ownRedis() {
        return ownRedis;
    }

    Pod plain1() {
        return plain1;
    }

    Pod plain2() {
        return plain2;
    }

    Pod agent1() {
        return agent1;
    }

    Pod agent2() {
        return agent2;
    }

    Duration lockTtl() {
        return PodFactory.LOCK_TTL;
    }

    /** Starts a new pod in place of agent-1, as a cluster would; it may not be ready before the next {@link #awaitReplacement}. */
    Child replaceAgent1() {
        narrator.act("a new pod agent-1 is started, as a cluster would");
        return pods.guarded("agent-1", redis);
    }

    void awaitReplacement(Child child) {
        agent1 = ready("agent-1", child);
    }

    /** A chat of its own for a scene. */
    String chat(String name) {
        return chats.named(name);
    }

    LockKey lock(String chat) {
        return new LockKey(redis, chat);
    }

    /** A client that knows Redis, not ChatStream. */
    RedisClient redisClient() throws IOException {
        return RedisClient.connect(redis);
    }

    Answer send(Pod pod, String chat, String text) {
        narrator.act(pod + ": POST /chats/" + chat + "/messages  \"" + text + "\"");
        return pod.send(chat, text);
    }

    HttpResponse<String> stop(Pod pod, String chat, String user) {
        HttpResponse<String> answer = pod.stop(chat, user);
        narrator.act(pod + ": POST /chats/" + chat + "/stop by " + user + "  ->  " + answer.statusCode() + " "
                + answer.body());
        return answer;
    }

    /** Waits until the pod's log says that the method that answers in the chat has returned, and after how long. */
    Duration awaitReturn(Pod pod, String chat) {
        Pattern returned =
                Pattern.compile("chat " + Pattern.quote(chat) + ": (answer\\(\\) has returned after (\\d+) ms)");
        String line = pod.log()
                .await("a method's return", seen -> returned.matcher(seen).find(), PATIENCE);
        Matcher found = returned.matcher(line);
        if (!found.find()) {
            throw new TourException("not understood: " + line);
        }
        narrator.see(pod.name(), found.group(1));
        return Duration.ofMillis(Long.parseLong(found.group(2)));
    }

    /** Lets time pass, in which something should happen, or nothing. */
    void letPass(Duration time) {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS))
                .join();
    }

    void showLock(String chat) throws IOException {
        narrator.see("redis", lock(chat).describe());
    }

    /** The end of the logs, for whoever has to find out what went wrong. */
    void showTrouble() {
        for (Pod pod : List.of(agent1, agent2)) {
            narrator.say("log of " + pod + pod.log().lastFew());
        }
    }

    /** What ChatStream wrote into a pod's log since then, as far as it has to do with any of that. */
    void showLog(Pod pod, int mark, String... about) {
        List<String> lines = pod.log().since(mark).stream()
                .filter(line ->
                        line.startsWith("[chatstream]") && Stream.of(about).anyMatch(line::contains))
                .toList();
        narrator.see(pod.name(), lines.subList(0, Math.min(LOG_LINES, lines.size())));
    }
}
