package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A thread that stands still inside a beat: it waits for a monitor, and then for a carrier that it does not get. */
class StuckBeatTest {

    private static final long AFTER = Duration.ofSeconds(15).toNanos();

    private final World world = new World();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void oneThreadAtATimeRunsABeat() {
        World.Pod pod = world.pod();
        pod.open("c");
        CountDownLatch inside = new CountDownLatch(1);
        Beat beat = new Beat(pod.guard.engine(), "test", false, () -> {
            inside.countDown();
            await(goOn);
        });
        assertThat(beat.untilDue()).isEqualTo(World.TICK.toNanos());
        world.advance(World.TICK);
        try (Actor first = Actor.onPlatformThread()) {
            CompletableFuture<Boolean> ran = first.begin(() -> beat.run(AFTER));
            await(inside);
            assertThat(beat.run(AFTER)).isFalse();
            assertThat(beat.run(Beat.NEVER)).isFalse();
            goOn.countDown();
            assertThat(Actor.await(ran)).isTrue();
            assertThat(beat.run(AFTER)).isTrue();
        }
    }

    @Test
    void oneThatStandsStillIsOvertakenAndDoesNotEndTheOthersTurn() {
        World.Pod pod = world.pod();
        pod.open("c");
        List<CountDownLatch> gates = List.of(new CountDownLatch(1), new CountDownLatch(1));
        List<CountDownLatch> entered = List.of(new CountDownLatch(1), new CountDownLatch(1));
        List<Thread> inside = new CopyOnWriteArrayList<>();
        Beat beat = new Beat(pod.guard.engine(), "test", false, () -> {
            int turn = inside.size();
            inside.add(Thread.currentThread());
            entered.get(turn).countDown();
            await(gates.get(turn));
        });
        beat.untilDue();
        world.advance(World.TICK);
        try (Actor first = Actor.onPlatformThread();
                Actor second = Actor.onPlatformThread()) {
            CompletableFuture<Boolean> stuck = first.begin(() -> beat.run(Beat.NEVER));
            await(entered.get(0));
            world.advance(Duration.ofSeconds(16));
            CompletableFuture<Boolean> overtakes = second.begin(() -> beat.run(AFTER));
            await(entered.get(1));
            gates.get(0).countDown();
            Actor.await(stuck);
            assertThat(beat.run(AFTER)).as("the second one is still inside").isFalse();
            gates.get(1).countDown();
            Actor.await(overtakes);
        }
    }

    @Test
    void aRenewalThatStandsStillBeforeItIsSentCostsNoLease() {
        List<String> renewed = new CopyOnWriteArrayList<>();
        CountDownLatch stands = new CountDownLatch(1);
        List<Thread> sluggish = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        StreamGuard guard = new StreamGuard(
                World.DEFAULTS,
                new WinningStore() {
                    @Override
                    public String laneOfChat(String chatId) {
                        if (sluggish.contains(Thread.currentThread()) && asked.incrementAndGet() == 4) {
                            stands.countDown();
                            StuckBeatTest.await(goOn);
                        }
                        return "";
                    }

                    @Override
                    public CompletableFuture<List<Renewal>> renew(List<Renewing> leases) {
                        leases.forEach(lease -> renewed.add(lease.claim().chatId()));
                        return super.renew(leases);
                    }
                },
                new RecordingJournal(),
                world::now);
        guard.open();
        List<OpenStream> streams = new ArrayList<>();
        for (String chat : List.of("a", "b", "c", "d")) {
            streams.add(((Decision.Outcome.In) Methods.admit(guard, Methods.call(chat), chat)
                            .decision()
                            .outcome()
                            .join())
                    .stream());
        }
        try (Actor heartbeat = Actor.onPlatformThread()) {
            sluggish.add(heartbeat.thread());
            world.advance(World.HEARTBEAT);
            var stuck = heartbeat.begin(() -> {
                guard.engine().heartbeat().tick();
                return true;
            });
            await(stands);
            world.advance(Duration.ofSeconds(16));
            guard.engine().heartbeat().tick();
            world.advance(World.TICK);
            guard.engine().heartbeat().tick();
            assertThat(renewed).contains("a", "b", "c", "d");
            assertThat(streams).allMatch(OpenStream::holdsLock);
            int sent = renewed.size();
            goOn.countDown();
            Actor.await(stuck);
            assertThat(renewed).as("overtaken").hasSize(sent);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, java.util.concurrent.TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException interrupt) {
            throw new AssertionError("the test was interrupted", interrupt);
        }
    }
}
