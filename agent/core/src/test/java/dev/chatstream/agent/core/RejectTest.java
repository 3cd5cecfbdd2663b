package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.QueueTest.busy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that are refused at once: REJECT, and the same message sent twice. */
class RejectTest {

    private final World world = new World();
    private final Pod pod = world.pod();
    private final Pod other = world.pod();

    @Test
    void rejectIsRefusedAtOnceAndToldWhoHoldsTheChat() {
        OpenStream holder = pod.open("c");
        Entry.Busy here = busy(pod.call("c", null, OnBusy.REJECT));
        Entry.Busy there = busy(other.call("c", null, OnBusy.REJECT));
        assertThat(here.ownerStreamId()).isEqualTo(holder.streamId());
        assertThat(there.ownerStreamId()).isEqualTo(holder.streamId());
        assertThat(there.message()).contains("c", holder.streamId());
    }

    @Test
    void rejectGetsAFreeChat() {
        assertThat(pod.call("c", null, OnBusy.REJECT).stream().holdsLock()).isTrue();
    }

    @Test
    void rejectLeavesTheStreamThatRunsAndTheQueueAlone() {
        OpenStream holder = pod.open("c");
        Attempt waiter = pod.call("c");
        busy(pod.call("c", null, OnBusy.REJECT));
        assertThat(holder.isAborted()).isFalse();
        holder.depart();
        assertThat(waiter.stream().holdsLock()).isTrue();
    }

    @Test
    void aStreamOfThisJvmThatHasEndedIsNotInTheWayThoughItsReleaseIsLost() {
        pod.store.faults(sent -> sent.operation() == Operation.RELEASE ? Fate.HOLD : Fate.APPLY);
        pod.open("c").depart();
        assertThat(world.server.lock("c")).isPresent();
        assertThat(pod.call("c", null, OnBusy.REJECT).stream().holdsLock()).isTrue();
    }

    @Test
    void thePolicyOfTheRuleCountsBeforeTheConfiguredOne() {
        Pod rejecting = world.pod(Tuned.with(s -> s.onBusy = OnBusy.REJECT));
        rejecting.open("c");
        busy(rejecting.call("c"));
        assertThat(rejecting.call("c", null, OnBusy.WAIT).isWaiting()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(OnBusy.class)
    void theSameMessageIsRefusedWhileItRunsInThisJvm(OnBusy onBusy) {
        OpenStream holder = pod.open("c", "m");
        Entry.Busy refusal = busy(pod.call("c", "m", onBusy));
        assertThat(refusal.ownerStreamId()).isEqualTo("m");
        assertThat(refusal.message()).contains("the same message");
        assertThat(holder.isAborted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(OnBusy.class)
    void theSameMessageIsRefusedWhileItRunsOnAnotherPod(OnBusy onBusy) {
        OpenStream holder = other.open("c", "m");
        Entry.Busy refusal = busy(pod.call("c", "m", onBusy));
        assertThat(refusal.ownerStreamId()).isEqualTo("m");
        world.advanceSeconds(2);
        assertThat(holder.isAborted()).isFalse();
        assertThat(world.server.marked("m")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(OnBusy.class)
    void theSameMessageIsRefusedWhileItRunsOnAPodThatKeepsNoRecord(OnBusy onBusy) {
        world.server.takeAsPlainPod("c", "m", World.TTL);
        busy(pod.call("c", "m", onBusy));
        assertThat(world.server.lock("c")).contains("m");
    }

    @ParameterizedTest
    @EnumSource(OnBusy.class)
    void theSameMessageIsRefusedWhileItWaitsInThisJvm(OnBusy onBusy) {
        pod.open("c");
        Attempt waiting = pod.call("c", "m");
        busy(pod.call("c", "m", onBusy));
        assertThat(waiting.isWaiting()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(OnBusy.class)
    void theSameMessageIsRefusedWhileItWaitsForAnotherPod(OnBusy onBusy) {
        other.open("c");
        Attempt waiting = pod.call("c", "m");
        busy(pod.call("c", "m", onBusy));
        assertThat(waiting.isWaiting()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(OnBusy.class)
    void theSameMessageIsRefusedWhileItWaitsToSupersede(OnBusy onBusy) {
        pod.open("c");
        Attempt waiting = pod.call("c", "m", OnBusy.SUPERSEDE);
        busy(pod.call("c", "m", onBusy));
        assertThat(waiting.isWaiting()).isTrue();
    }

    @Test
    void theSameMessageIsRefusedWhileTheAbortedFirstOneStillHoldsTheChat() {
        pod.open("c", "m");
        pod.guard.abort("m").join();
        busy(pod.call("c", "m"));
    }

    @Test
    void theSameMessageMaySendAnotherChat() {
        pod.open("c", "m");
        assertThat(pod.call("d", "m").stream().holdsLock()).isTrue();
    }

    @Test
    void theSameMessageGetsInAgainWhenTheFirstOneHasEnded() {
        pod.open("c", "m").depart();
        assertThat(pod.call("c", "m").stream().holdsLock()).isTrue();
    }

    @Test
    void anIdThatOnlyWaitsElsewhereIsNotTheSameMessageSentTwice() {
        OpenStream holder = pod.open("c");
        Attempt there = other.call("c", "m");
        Attempt here = pod.call("c", "m");
        assertThat(here.isWaiting()).isTrue();
        holder.depart();
        assertThat(here.stream().holdsLock()).isTrue();
        world.advanceSeconds(1);
        busy(there); // now the same id holds the chat
    }

    @Test
    void refusedCallsLeaveNothingBehind() {
        OpenStream holder = pod.open("c", "m");
        busy(pod.call("c", "m"));
        busy(pod.call("c", "n", OnBusy.REJECT));
        busy(other.call("c", "n", OnBusy.REJECT));
        holder.depart();
        long sent = pod.store.sends() + other.store.sends();
        world.advanceSeconds(200);
        assertThat(pod.store.sends() + other.store.sends()).isEqualTo(sent);
        assertThat(world.server.lock("c")).isEmpty();
    }
}
