package dev.chatstream.demo.tour;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A pod dies in the middle of an answer, without a chance to tidy up. */
final class KilledPod implements Scene {
    private static final Duration OLD_TTL = Duration.ofHours(2);
    private static final Duration LOOKING = Duration.ofMillis(250);
    private static final Duration ENTERING = Duration.ofMillis(1_500);
    private static final int WORDS_BEFORE = 6;

    @Override
    public String title() {
        return "A pod killed (kill -9) in the middle of an answer";
    }

    @Override
    public String promise() {
        return "the chat is free at the latest lock-ttl (6 s) after the last renewal";
    }

    @Override
    public Finding without(Stage stage) throws IOException {
        String chat = stage.chat("kill-plain");
        LockKey lock = stage.lock(chat);
        stage.narrator()
                .say("This service has no lock of its own. The old one did: two hours, never renewed. "
                        + "The tour sets that lock for it, by the old command:");
        stage.narrator().act("redis: SET " + LockKey.of(chat) + " old-stream NX PX " + OLD_TTL.toMillis());
        lock.take("old-stream", OLD_TTL);
        Answer answer = stage.send(stage.plain1(), chat, "Count to 200");
        answer.awaitWords(WORDS_BEFORE);
        kill(stage, stage.plain1());
        answer.breach();
        stage.showLock(chat);
        Duration left = lock.ttl();
        String state = Json.values(stage.plain2().show(chat), "state").getFirst();
        stage.narrator()
                .see("plain-2", "GET /chats/" + chat + " says \"state\": \"" + state + "\", and will say so for ever");
        lock.delete();
        return Scene.finding(
                left.compareTo(OLD_TTL.minusMinutes(1)) > 0, "locked for " + Say.hours(left) + " more (the old lock)");
    }

    @Override
    public Finding with(Stage stage) throws IOException {
        String chat = stage.chat("kill");
        Answer answer = stage.send(stage.agent1(), chat, "Count to 200");
        answer.awaitWords(WORDS_BEFORE);
        String streamId = answer.streamId();
        boolean held = streamId.equals(stage.lock(chat).holder());
        stage.showLock(chat);
        int mark = stage.agent2().log().mark();
        long killed = System.nanoTime();
        kill(stage, stage.agent1());
        CompletableFuture<Long> free = CompletableFuture.supplyAsync(
                () -> stage.lock(chat).awaitEnd(streamId, stage.lockTtl().multipliedBy(2)), Thread::startVirtualThread);
        answer.breach();
        stage.showLock(chat);
        Child replacement = stage.replaceAgent1();
        Answer.Begin next = firstToGetIn(stage, chat);
        Duration freeAfter = Duration.ofNanos(free.join() - killed);
        Duration inAfter = Duration.ofNanos(next.at() - killed);
        stage.showLog(stage.agent2(), mark, chat);
        stage.narrator()
                .say("The dead stream's key was gone " + Say.seconds(freeAfter)
                        + " after the kill, the next answer began after " + Say.seconds(inAfter) + ".");
        String shown = stage.agent2().show(chat);
        stage.narrator().see("saved", Json.values(shown, "text").get(1) + "  [INTERRUPTED]");
        stage.awaitReplacement(replacement);
        Duration promised = stage.lockTtl().plus(LOOKING);
        return Scene.finding(
                held && freeAfter.compareTo(promised) <= 0 && inAfter.compareTo(promised.plus(ENTERING)) <= 0,
                "free after " + Say.seconds(freeAfter) + ", next answer after " + Say.seconds(inAfter));
    }

    private static void kill(Stage stage, Pod pod) {
        stage.narrator().act("kill -9 " + pod.pid() + "  (" + pod + ")");
        pod.kill();
    }

    /** Ann sends again whenever she is told that the chat is busy. */
    private static Answer.Begin firstToGetIn(Stage stage, String chat) {
        for (int tries = 0; tries < 4; tries++) {
            Answer next = stage.send(stage.agent2(), chat, "Spell 5 letters");
            switch (next.outcome()) {
                case Answer.Begin begin -> {
                    next.end();
                    return begin;
                }
                case Answer.Refused busy -> stage.narrator().see("agent-2", busy.status() + " " + busy.body());
                case Answer.Part other -> throw new TourException("agent-2 answers " + other);
            }
        }
        throw new TourException("chat " + chat + " stayed busy for four tries");
    }
}
