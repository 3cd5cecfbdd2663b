package dev.chatstream.it.chaos;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One pod after another: each a process with a notebook of its own, some settings drawn. */
final class Seat implements AutoCloseable {

    private static final int WORKERS = 16;

    private final String name;
    private final String redisUri;
    private final Duration ttl;
    private final Path folder;
    private final SplittableRandom chance;
    private final List<Life> lives = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private Pod pod;
    private Path notebook;

    Seat(String name, String redisUri, Duration ttl, Path folder, SplittableRandom chance) {
        this.name = name;
        this.redisUri = redisUri;
        this.ttl = ttl;
        this.folder = folder;
        this.chance = chance;
        start();
    }

    /** Up and working; its clock is compared with ours. */
    void start() {
        notebook = folder.resolve(life() + ".txt");
        PodPlan plan = PodPlan.on(redisUri)
                .with("lock-ttl", ttl.toMillis() + "ms")
                .with("abort-poll", "200ms")
                .with("abort-grace", "1s")
                .with("acquire-timeout", "1500ms")
                .with("on-redis-down", chance.nextInt(3) > 0 ? "degrade" : "reject")
                .with("on-lost", chance.nextBoolean() ? "abort" : "continue")
                .mainClass(ChaosApp.class.getName())
                .arguments(notebook.toString(), Long.toString(chance.nextLong()), Integer.toString(WORKERS));
        pod = Pod.launch(plan);
        pod.output().await("ready");
        compareClocks();
        pod.say("work");
    }

    private String life() {
        return name + (lives.size() + 1);
    }

    private void compareClocks() {
        long before = System.nanoTime();
        pod.say("clock");
        long there = Long.parseLong(pod.output().await("clock ").substring("clock ".length()));
        if (there < before || there > System.nanoTime()) {
            throw new IllegalStateException("System.nanoTime is not the same in all processes of this machine");
        }
    }

    /** SIGKILL. */
    void kill() {
        pod.kill();
        over(false);
    }

    /** SIGTERM, while Redis is well. */
    void terminate() {
        pod.terminate();
        int code = pod.awaitEnd();
        expect(code == 143, "after SIGTERM it ended with " + code);
        over(true);
    }

    /** Begins no more calls, and waits for those that it has. */
    void rest() {
        pod.say("rest");
        pod.output().await("resting");
    }

    /** It enters every chat, which is to be free. */
    void round() {
        pod.say("round");
        for (String chat : ChaosApp.CHATS) {
            String line = pod.output().await("round " + chat);
            expect(line.endsWith(" left:done"), "a chat that is free was not entered: " + line);
        }
    }

    void finish() {
        int code = pod.finish();
        expect(code == 0, "it ended with " + code);
        over(true);
    }

    void signal(String signal) {
        pod.signal(signal);
    }

    String name() {
        return life();
    }

    List<Life> lives() {
        return lives;
    }

    /** What a process itself gave rise to. */
    List<Violation> violations() {
        return violations;
    }

    private void over(boolean clean) {
        long ended = System.nanoTime();
        for (String line : pod.output().all()) {
            expect(line.matches("(ready|clock|resting|round).*"), "on its stdout: " + line);
        }
        List<String> log = pod.log().all();
        for (String line : clean ? log : log.subList(0, Math.max(0, log.size() - 1))) { // the last may be torn
            expect(line.startsWith("[chatstream] "), "on its stderr: " + line);
            expect(!line.contains("agent's own"), line);
        }
        lives.add(new Life(life(), Story.read(life(), notebook), ended, clean));
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            long now = System.nanoTime();
            violations.add(new Violation("a pod does as it should", "", now, now, life() + ": " + otherwise));
        }
    }

    @Override
    public void close() {
        pod.close();
    }
}
