package dev.chatstream.demo.tour;

import java.io.IOException;
import java.time.Duration;

/** Redis is killed and comes back, empty, while an answer is under way. */
final class RedisGone implements Scene {
    private static final Duration NOTICED = Duration.ofSeconds(10);
    private static final Duration JOINED = Duration.ofSeconds(15);
    private static final int WORDS = 88;

    @Override
    public String title() {
        return "Redis killed and back in the middle of an answer";
    }

    @Override
    public String promise() {
        return "the answer goes on, no chat is called busy that is not, the lock is taken again";
    }

    @Override
    public Finding without(Stage stage) {
        stage.narrator()
                .say("Without ChatStream there is no lock that could be lost: a second message always gets in.");
        String chat = stage.chat("redis-plain");
        Answer first = stage.send(stage.plain2(), chat, "Count to 12");
        first.awaitWords(2);
        Answer second = stage.send(stage.plain2(), chat, "Spell 4 letters");
        Answer.Begin begin = second.begin();
        Answer.End end = first.end();
        return Scene.finding(begin.at() < end.at(), "no lock, with or without Redis: 2 answers at once");
    }

    @Override
    public Finding with(Stage stage) throws IOException {
        if (stage.ownRedis().isEmpty()) {
            return new LeftOut("left out: the Redis given by --redis is not the tour's to kill");
        }
        RedisServer redis = stage.ownRedis().get();
        try {
            return killAndBringBack(stage, redis);
        } finally {
            redis.startAgain();
        }
    }

    private static Finding killAndBringBack(Stage stage, RedisServer redis) throws IOException {
        String chat = stage.chat("redis");
        int mark = stage.agent1().log().mark();
        Answer answer = stage.send(stage.agent1(), chat, "Count to " + WORDS);
        String streamId = answer.streamId();
        answer.awaitWords(2);
        stage.showLock(chat);
        stage.narrator().act("kill -9 redis-server");
        redis.kill();
        awaitWarning(stage.agent1(), mark);
        Answer elsewhere = stage.send(stage.agent2(), stage.chat("redis-other"), "Spell 4 letters");
        Answer same = stage.send(stage.agent1(), chat, "Spell 4 letters");
        Answer.Part other = elsewhere.outcome();
        stage.narrator()
                .say(
                        other instanceof Answer.Begin
                                ? "Another chat is answered without Redis, " + Say.seconds(elsewhere.until(other))
                                        + " after it was asked."
                                : "Another chat is NOT answered without Redis: " + other);
        stage.narrator().act("redis-server is started again, with no data");
        redis.startAgain();
        long back = System.nanoTime();
        long joined = stage.lock(chat).awaitHolder(streamId, JOINED);
        stage.showLock(chat);
        stage.agent2().awaitShown(chat, "heldBy", streamId, JOINED);
        stage.narrator().see("agent-2", "GET /chats/" + chat + " says \"heldBy\": \"" + streamId + "\"");
        Answer.End end = answer.end();
        boolean excluded = switch (same.outcome()) {
            case Answer.Refused busy -> busy.status() == 409;
            case Answer.Begin begin -> begin.at() >= end.at();
            case Answer.Part odd -> false;
        };
        stage.showLog(stage.agent1(), mark, streamId, "Redis");
        boolean asPromised =
                end.state().equals("DONE") && end.words() == WORDS && other instanceof Answer.Begin && excluded;
        return Scene.finding(
                asPromised,
                end.words() + " of " + WORDS + " words sent; another chat served meanwhile; the lock taken again "
                        + Say.seconds(Duration.ofNanos(joined - back)) + " after Redis was back");
    }

    private static void awaitWarning(Pod pod, int mark) {
        pod.log()
                .awaitAll(
                        "a warning of ChatStream's",
                        lines -> lines.subList(mark, lines.size()).stream()
                                .filter(line -> line.startsWith("[chatstream]") && line.contains("WARN"))
                                .toList(),
                        NOTICED);
    }
}
