package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Pod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many commands a pod sends for calls that wait. */
class CommandBoundTest {

    private final World world = new World();

    private Pod podForMany() {
        return world.pod(Tuned.with(s -> {
            s.maxWaiters = 10_000;
            s.acquireTimeout = java.time.Duration.ofMinutes(10);
        }));
    }

    @Test
    void callsThatWaitForAStreamHereSendNothingButTheSweepForStops() {
        Pod pod = podForMany();
        pod.open("c");
        for (int i = 0; i < 1_000; i++) {
            pod.call("c");
        }
        assertThat(pod.store.sends()).isEqualTo(1);
        world.advanceSeconds(1);
        long before = pod.store.sends();
        world.advanceSeconds(10);
        assertThat(pod.store.sends() - before).isEqualTo(10); // one look for all their markers a tick
    }

    @Test
    void callsThatWaitForAStreamElsewhereSendOneLookATickHoweverManyWait() {
        world.pod().open("c");
        Pod pod = podForMany();
        for (int i = 0; i < 1_000; i++) {
            pod.call("c");
        }
        assertThat(pod.store.sends()).isEqualTo(1); // only the first one asks
        world.advanceSeconds(1);
        long before = pod.store.sends();
        world.advanceSeconds(10);
        assertThat(pod.store.sends() - before).isEqualTo(20); // one look for markers, one for locks
        assertThat(pod.store.count(Operation.ACQUIRE)).isEqualTo(1);
    }

    @Test
    void manyChatsThatAreWaitedForAreLookedUpTogether() {
        Pod other = world.pod();
        Pod pod = podForMany();
        for (int i = 0; i < 500; i++) {
            other.open("c" + i);
            pod.call("c" + i);
        }
        world.advanceSeconds(1);
        long before = pod.store.sends();
        world.advanceSeconds(10);
        assertThat(pod.store.sends() - before).isEqualTo(20);
    }

    @Test
    void aChatThatComesFreeCostsOneAcquireAPodThatWaits() {
        Pod holding = world.pod();
        OpenStream holder = holding.open("c");
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Pod pod = podForMany();
            pods.add(pod);
            for (int j = 0; j < 10; j++) {
                pod.call("c");
            }
        }
        world.advanceSeconds(1);
        holder.depart();
        world.advanceSeconds(1);
        assertThat(pods)
                .allSatisfy(
                        pod -> assertThat(pod.store.count(Operation.ACQUIRE)).isLessThanOrEqualTo(2));
        assertThat(pods.stream()
                        .mapToLong(pod -> pod.store.count(Operation.ACQUIRE))
                        .sum())
                .isLessThanOrEqualTo(10);
        assertThat(world.server.lock("c")).isPresent();
    }

    @Test
    void aSupersederAsksAndMarksOnceAndLooksOnceATick() {
        world.pod().open("c");
        Pod pod = podForMany();
        pod.call("c", null, OnBusy.SUPERSEDE);
        assertThat(pod.store.sends()).isEqualTo(3);
        world.advanceSeconds(1);
        long before = pod.store.sends();
        world.advanceSeconds(9);
        assertThat(pod.store.sends() - before).isEqualTo(18);
    }

    @Test
    void aLookThatIsNotAnsweredIsNotSentAgain() {
        world.pod().open("c");
        Pod pod = podForMany();
        pod.call("c");
        pod.store.faults(sent -> sent.operation() == Operation.OWNERS ? Fate.HOLD : Fate.APPLY);
        world.advanceSeconds(5);
        assertThat(pod.store.held()).hasSize(1);
    }

    @Test
    void whoHasGivenUpIsLookedUpForNoMore() {
        world.pod().open("c");
        Pod pod = world.pod();
        World.Attempt waiter = pod.call("c", "w");
        world.advanceSeconds(1);
        pod.guard.abort("w").join();
        assertThat(waiter.isWaiting()).isFalse();
        long before = pod.store.sends();
        world.advanceSeconds(100);
        assertThat(pod.store.sends()).isEqualTo(before);
        pod.open("d");
        world.advanceSeconds(5);
        long looks = pod.store.count(Operation.OWNERS);
        assertThat(looks).isEqualTo(1);
    }
}
