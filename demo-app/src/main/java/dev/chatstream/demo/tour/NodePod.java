package dev.chatstream.demo.tour;

import java.io.IOException;
import java.time.Duration;

/** A pod of the old Node.js service, played by four plain Redis commands, shares the chats with the Java pods. */
final class NodePod implements Scene {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration ITS_ANSWER = Duration.ofSeconds(2);
    private static final Duration HANDED_OVER = Duration.ofMillis(1_500);
    private static final Duration STOPPED = Duration.ofMillis(1_500);

    @Override
    public String title() {
        return "A Node.js pod, a plain Redis client, holds the chat";
    }

    @Override
    public String promise() {
        return "both kinds of pod exclude and stop each other";
    }

    @Override
    public Finding without(Stage stage) throws IOException {
        String chat = stage.chat("node-plain");
        take(stage, chat, "node-1");
        Answer answer = stage.send(stage.plain2(), chat, "Count to 4");
        Answer.Begin begin = answer.begin();
        stage.showLock(chat);
        answer.end();
        stage.lock(chat).delete();
        return Scene.finding(true, "not seen: a second answer began after " + Say.seconds(answer.until(begin)));
    }

    @Override
    public Finding with(Stage stage) throws IOException {
        String chat = stage.chat("node");
        String busyChat = stage.chat("node-busy");
        take(stage, chat, "node-1");
        take(stage, busyChat, "node-2");
        Answer answer = stage.send(stage.agent1(), chat, "Count to 80");
        Answer refused = stage.send(stage.agent2(), busyChat, "Spell 4 letters");
        long released = releaseAfterItsAnswer(stage, chat);
        Answer.Begin begin = answer.begin();
        stage.narrator()
                .say("agent-1 begins " + Say.seconds(Duration.ofNanos(begin.at() - released)) + " after Node let go.");
        boolean handedOver = begin.at() >= released && begin.at() - released <= HANDED_OVER.toNanos();
        boolean nodeKeptOut = !take(stage, chat, "node-3");
        Duration stopped = stopByMarker(stage, answer, answer.streamId());
        Answer.Refused no = refused.refusal();
        stage.narrator().see("agent-2", no.status() + " " + no.body());
        boolean refusedWell =
                no.status() == 409 && Json.value(no.body(), "streamId").equals("node-2");
        stage.lock(busyChat).delete();
        return Scene.finding(
                handedOver && nodeKeptOut && refusedWell && stopped.compareTo(STOPPED) <= 0,
                "respected: waits, or " + no.status() + " naming Node's stream; Node's own SET NX gets "
                        + (nodeKeptOut ? "nil" : "OK") + "; Node's Stop works after " + Say.seconds(stopped));
    }

    private static boolean take(Stage stage, String chat, String streamId) throws IOException {
        boolean taken = stage.lock(chat).take(streamId, TTL);
        stage.narrator()
                .act("node: SET " + LockKey.of(chat) + " " + streamId + " NX PX " + TTL.toMillis() + "  ->  "
                        + (taken ? "OK" : "nil"));
        return taken;
    }

    /** Node's own answer takes two seconds. */
    private static long releaseAfterItsAnswer(Stage stage, String chat) throws IOException {
        stage.letPass(ITS_ANSWER);
        stage.showLock(chat);
        stage.narrator().act("node: DEL " + LockKey.of(chat));
        long released = System.nanoTime();
        stage.lock(chat).delete();
        return released;
    }

    private static Duration stopByMarker(Stage stage, Answer answer, String streamId) throws IOException {
        answer.awaitWords(4);
        String marker = "mothership_stream:" + streamId + ":abort";
        stage.narrator().act("node: SET " + marker + " 1 EX 3600");
        long pressed = System.nanoTime();
        try (RedisClient node = stage.redisClient()) {
            node.call("SET", marker, "1", "EX", "3600");
        }
        Answer.End end = answer.end();
        stage.narrator().say("The answer ends as " + end.state() + " after " + end.words() + " words.");
        return Duration.ofNanos(end.at() - pressed);
    }
}
