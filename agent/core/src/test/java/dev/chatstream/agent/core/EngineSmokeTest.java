package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import org.junit.jupiter.api.Test;

class EngineSmokeTest {

    private final World world = new World();

    @Test
    void oneCallTakesTheLockAndGivesItBack() {
        World.Pod pod = world.pod();
        OpenStream stream = pod.open("c");
        assertThat(world.server.lock("c")).contains(stream.streamId());
        assertThat(stream.holdsLock()).isTrue();
        assertThat(stream.fence()).isPositive();
        stream.depart();
        assertThat(world.server.lock("c")).isEmpty();
        assertThat(pod.store.sends()).isEqualTo(2);
        world.advanceSeconds(100);
        assertThat(pod.store.sends()).isEqualTo(2);
    }

    @Test
    void aHeartbeatKeepsTheLockAlive() {
        World.Pod pod = world.pod();
        OpenStream stream = pod.open("c");
        world.advanceSeconds(600);
        assertThat(stream.holdsLock()).isTrue();
        assertThat(world.server.lock("c")).contains(stream.streamId());
        assertThat(pod.store.count(InMemoryStore.Operation.RENEW)).isBetween(30L, 32L);
    }

    @Test
    void aWaiterInTheSameJvmGetsTheChatAtOnce() {
        World.Pod pod = world.pod();
        OpenStream first = pod.open("c");
        World.Attempt second = pod.call("c");
        assertThat(second.isWaiting()).isTrue();
        first.depart();
        assertThat(second.stream().holdsLock()).isTrue();
    }

    @Test
    void aWaiterGivesUpAfterTheAcquireTimeout() {
        World.Pod pod = world.pod();
        OpenStream first = pod.open("c");
        World.Attempt second = pod.call("c");
        world.advanceSeconds(5);
        assertThat(second.refusal())
                .isInstanceOfSatisfying(
                        Entry.Busy.class,
                        busy -> assertThat(busy.ownerStreamId()).isEqualTo(first.streamId()));
    }

    @Test
    void aWaiterOnAnotherPodGetsTheChatWithinATick() {
        World.Pod one = world.pod();
        World.Pod two = world.pod();
        OpenStream first = one.open("c");
        World.Attempt second = two.call("c");
        world.advanceSeconds(2);
        assertThat(second.isWaiting()).isTrue();
        first.depart();
        world.advanceSeconds(1);
        assertThat(second.stream().holdsLock()).isTrue();
        assertThat(second.stream().fence()).isGreaterThan(first.fence());
    }

    @Test
    void aSupersederOnAnotherPodEndsTheStreamAndTakesItsChat() {
        World.Pod one = world.pod();
        World.Pod two = world.pod();
        OpenStream first = one.open("c");
        World.Attempt second = two.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(1);
        assertThat(first.abortReason()).contains(AbortReason.SUPERSEDED);
        first.depart();
        world.advanceSeconds(1);
        assertThat(second.stream().holdsLock()).isTrue();
    }

    @Test
    void aSupersederTakesTheLockFromAStreamThatDoesNotEnd() {
        World.Pod one = world.pod();
        World.Pod two = world.pod();
        OpenStream first = one.open("c");
        World.Attempt second = two.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(5);
        assertThat(second.stream().holdsLock()).isTrue();
        world.advanceSeconds(20);
        assertThat(first.holdsLock()).isFalse();
        assertThat(second.stream().holdsLock()).isTrue();
    }

    @Test
    void aStopOnAnotherPodReachesTheStream() {
        World.Pod one = world.pod();
        World.Pod two = world.pod();
        OpenStream first = one.open("c", "s");
        assertThat(two.guard.abortChat("c").join()).contains("s");
        world.advanceSeconds(1);
        assertThat(first.abortReason()).contains(AbortReason.STOPPED);
        assertThat(world.server.marked("s")).isFalse();
    }

    @Test
    void aStreamThatIgnoresAStopLosesItsLockAfterTheGrace() {
        World.Pod pod = world.pod();
        OpenStream first = pod.open("c");
        pod.guard.abortChat("c").join();
        World.Attempt second = pod.call("c");
        world.advanceSeconds(4);
        assertThat(second.isWaiting()).isTrue();
        World.Attempt third = pod.call("c");
        world.advanceSeconds(6);
        assertThat(first.holdsLock()).isFalse();
        assertThat(second.refusal()).isInstanceOf(Entry.Busy.class);
        assertThat(third.isWaiting()).isFalse();
        assertThat(pod.journal.ofKind("given-back")).hasSize(1);
    }

    @Test
    void aStreamThatEnteredWithoutRedisJoins() {
        World.Pod pod = world.pod();
        pod.store.goDown("test");
        World.Attempt attempt = pod.call("c");
        assertThat(attempt.isWaiting()).isTrue();
        world.advanceSeconds(2);
        OpenStream stream = attempt.stream();
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.fence()).isZero();
        pod.store.comeUp();
        world.advanceSeconds(1);
        assertThat(stream.holdsLock()).isTrue();
        assertThat(stream.fence()).isPositive();
    }
}
