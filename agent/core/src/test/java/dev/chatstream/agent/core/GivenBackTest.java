package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Code that ignores its abort until its lock goes: one warning, which says where that code is. */
class GivenBackTest {

    private final World world = new World();
    private final Pod pod = world.pod();
    private final Actor actor = Actor.onPlatformThread();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private CompletableFuture<Boolean> method = CompletableFuture.completedFuture(true);

    private void runsOn(Pod where) {
        CountDownLatch inside = new CountDownLatch(1);
        method = actor.begin(() -> {
            Entry.Entered entered = Methods.enter(where.guard, OldMarkerTest.call("c", "m"));
            stubbornCode(inside, goOn);
            entered.leave();
            return true;
        });
        StuckBeatTest.await(inside);
    }

    private static void stubbornCode(CountDownLatch inside, CountDownLatch goOn) {
        inside.countDown();
        while (goOn.getCount() > 0) {
            Thread.interrupted();
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void end() {
        goOn.countDown();
        Actor.await(method);
        actor.close();
    }

    private static void assertSaidOnce(Pod where, String why) {
        assertThat(where.journal.lines())
                .filteredOn(line -> line.level() == Level.WARN)
                .singleElement()
                .satisfies(line -> assertThat(line.message())
                        .contains("stream m in chat c", why, "platform actor", "GivenBackTest.stubbornCode"));
    }

    @Test
    void whenItsGraceIsOver() {
        runsOn(pod);
        pod.guard.abort("m").join();
        world.advanceSeconds(100);
        assertSaidOnce(pod, "after abort-grace");
    }

    @Test
    void whenASupersederOfThisJvmHasWaitedForLongEnough() {
        runsOn(pod);
        pod.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(100);
        assertSaidOnce(pod, "after its superseder's acquire-timeout");
    }

    @Test
    void whenASupersederOfAnotherPodHasTakenItsLock() {
        Pod patient = world.pod(Tuned.with(s -> s.abortGrace = Duration.ofMinutes(10)));
        runsOn(patient);
        pod.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(1000);
        assertSaidOnce(patient, "another stream superseded it");
    }
}
