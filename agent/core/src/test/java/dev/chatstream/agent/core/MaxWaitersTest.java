package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.QueueTest.busy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import org.junit.jupiter.api.Test;

class MaxWaitersTest {

    private final World world = new World();

    private Pod podWithRoomFor(int maxWaiters) {
        return world.pod(Tuned.with(s -> s.maxWaiters = maxWaiters));
    }

    @Test
    void theNextOneIsRefusedAtOnceAndToldWhoHoldsTheChat() {
        Pod pod = podWithRoomFor(2);
        OpenStream holder = pod.open("c");
        assertThat(pod.call("c").isWaiting()).isTrue();
        assertThat(pod.call("c").isWaiting()).isTrue();
        Entry.Busy refusal = busy(pod.call("c"));
        assertThat(refusal.message()).contains("max-waiters", "2");
        assertThat(refusal.ownerStreamId()).isEqualTo(holder.streamId());
    }

    @Test
    void aWaiterThatLeavesMakesRoom() {
        Pod pod = podWithRoomFor(1);
        pod.open("c");
        Attempt waiter = pod.call("c", "w");
        pod.guard.abort("w").join();
        assertThat(waiter.isWaiting()).isFalse();
        assertThat(pod.call("c").isWaiting()).isTrue();
    }

    @Test
    void theyCountForEachChat() {
        Pod pod = podWithRoomFor(1);
        pod.open("c");
        pod.open("d");
        assertThat(pod.call("c").isWaiting()).isTrue();
        assertThat(pod.call("d").isWaiting()).isTrue();
    }

    @Test
    void theOneThatWaitsForAnotherPodCounts() {
        Pod other = world.pod();
        OpenStream holder = other.open("c");
        Pod pod = podWithRoomFor(1);
        assertThat(pod.call("c").isWaiting()).isTrue();
        assertThat(busy(pod.call("c")).ownerStreamId()).isEqualTo(holder.streamId());
    }

    @Test
    void theOneThatAsksAgainStillCounts() {
        Pod other = world.pod();
        OpenStream holder = other.open("c");
        Pod pod = podWithRoomFor(1);
        Attempt waiter = pod.call("c");
        holder.depart();
        pod.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        world.advanceSeconds(1);
        assertThat(pod.store.held()).hasSize(1);
        assertThat(busy(pod.call("c"))).isNotNull();
        pod.store.held().remove().answer();
        assertThat(waiter.stream().holdsLock()).isTrue();
    }

    @Test
    void theOneThatLetsOtherPodsHaveATurnCounts() {
        Pod pod = podWithRoomFor(2);
        OpenStream holder = pod.open("c");
        for (int i = 0; i < Chat.HANDOVERS_IN_A_ROW; i++) {
            Attempt next = pod.call("c");
            holder.depart();
            holder = next.stream();
        }
        assertThat(pod.call("c").isWaiting()).isTrue();
        holder.depart();
        assertThat(pod.call("c").isWaiting()).isTrue();
        assertThat(busy(pod.call("c")).message()).contains("max-waiters");
    }

    @Test
    void thoseThatQueueBehindACallWhichTurnsOutToWaitDoNotExceedThem() {
        Pod other = world.pod();
        other.open("c");
        Pod pod = podWithRoomFor(1);
        pod.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        Attempt first = pod.call("c");
        Attempt second = pod.call("c");
        assertThat(second.isWaiting()).isTrue();
        pod.store.faults(null);
        pod.store.held().remove().answer();
        assertThat(first.isWaiting()).isTrue();
        assertThat(busy(second).message()).contains("max-waiters");
    }

    @Test
    void zeroMeansThatNobodyWaits() {
        Pod other = world.pod();
        OpenStream there = other.open("c");
        Pod pod = podWithRoomFor(0);
        assertThat(busy(pod.call("c")).ownerStreamId()).isEqualTo(there.streamId());
        there.depart();
        OpenStream here = pod.open("c");
        assertThat(busy(pod.call("c")).ownerStreamId()).isEqualTo(here.streamId());
    }

    @Test
    void aSupersederIsNotRefusedForTheirSake() {
        Pod pod = podWithRoomFor(0);
        OpenStream holder = pod.open("c");
        Attempt superseder = pod.call("c", null, OnBusy.SUPERSEDE);
        assertThat(superseder.isWaiting()).isTrue();
        holder.depart();
        assertThat(superseder.stream().holdsLock()).isTrue();
    }
}
