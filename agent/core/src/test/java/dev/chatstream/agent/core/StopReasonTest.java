package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a marker means: SUPERSEDED or STOPPED; and that it is cleared. */
class StopReasonTest {

    private final World world = new World();
    private final Pod one = world.pod();
    private final Pod two = world.pod();

    @Test
    void aMarkerAloneIsAStopAndTheRecordIsReadOnce() {
        OpenStream stream = one.open("c");
        world.server.mark(stream.streamId());
        world.advanceSeconds(3);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
        assertThat(one.store.count(Operation.STANDING)).isEqualTo(1);
    }

    @Test
    void aMarkerWithARecordThatWasAskedIsASuperseder() {
        OpenStream stream = one.open("c");
        two.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.SUPERSEDED);
        assertThat(one.journal.ofKind("aborted"))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("SUPERSEDED"));
    }

    @Test
    void aMarkerWithARecordThatIsAnothersIsASuperseder() {
        OpenStream stream = one.open("c");
        one.paused = true;
        two.call(call(OnBusy.SUPERSEDE, Duration.ZERO));
        world.advance(Duration.ZERO);
        assertThat(world.server.lock("c")).isNotEqualTo(java.util.Optional.of(stream.streamId()));
        one.paused = false;
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.SUPERSEDED);
    }

    @Test
    void aPodThatStoodStillForLongerThanItsLeaseStillReadsItsRecord() {
        OpenStream stream = one.open("c");
        one.paused = true;
        two.call(call(OnBusy.SUPERSEDE, Duration.ZERO));
        world.advanceSeconds(61);
        one.store.faults(sent -> sent.operation() == Operation.RENEW ? Fate.HOLD : Fate.APPLY);
        one.paused = false;
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.SUPERSEDED);
    }

    @Test
    void whereTheRecordCannotBeReadItIsAStop() {
        OpenStream stream = one.open("c");
        one.store.faults(sent -> sent.operation() == Operation.STANDING ? Fate.ARRIVE_LATE : Fate.APPLY);
        world.server.mark(stream.streamId());
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void whereTheStoreHasLostTheRecordItIsAStop() {
        OpenStream stream = one.open("c");
        world.server.wipe();
        world.server.mark(stream.streamId());
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void aStreamWithoutALockThatIsMarkedWasStopped() {
        one.store.goDown("test");
        World.Attempt call = one.call("c");
        world.advanceSeconds(2);
        OpenStream stream = call.stream();
        one.store.comeUp();
        one.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.ARRIVE_LATE : Fate.APPLY);
        world.server.mark(stream.streamId());
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void aStreamThatLostItsLockAndRunsOnIsStoppedByAMarker() {
        Pod patient = world.pod(Tuned.with(s -> s.onLost = GuardSettings.OnLost.CONTINUE));
        OpenStream stream = patient.open("c");
        world.server.deleteLock("c");
        two.open("c");
        world.advanceSeconds(20);
        assertThat(patient.journal.ofKind("lost")).hasSize(1);
        assertThat(stream.isAborted()).isFalse();
        world.server.mark(stream.streamId());
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
        assertThat(world.server.marked(stream.streamId())).isFalse();
    }

    @Test
    void theReleaseClearsTheMarkerOfAnIdThatTheApplicationGave() {
        OpenStream stream = one.open("c", "m");
        one.guard.abort("m").join();
        assertThat(world.server.marked("m"))
                .as("the sweep looks after aborted streams no more")
                .isTrue();
        stream.depart();
        assertThat(world.server.marked("m")).isFalse();
    }

    @Test
    void theReleaseOfAnIdThatTheAgentMadeTouchesNoMarker() {
        OpenStream stream = one.open("c");
        world.server.mark(stream.streamId());
        stream.depart();
        assertThat(world.server.marked(stream.streamId())).isTrue();
    }

    @Test
    void aCallThatNeverHeldClearsNoMarkerWithItsRelease() {
        one.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        World.Attempt call = one.call("c", "m");
        one.guard.abort("m").join();
        assertThat(call.isWaiting()).isFalse();
        world.advanceSeconds(2);
        assertThat(one.store.count(Operation.RELEASE)).isPositive();
        assertThat(world.server.marked("m")).isTrue();
    }

    @Test
    void onePollIsInFlightHoweverSlowTheStoreIs() {
        one.open("c");
        one.store.faults(sent -> sent.operation() == Operation.MARKED ? Fate.HOLD : Fate.APPLY);
        world.advanceSeconds(5);
        assertThat(one.store.held()).hasSize(1);
        one.store.held().remove().answer();
        world.advanceSeconds(1);
        assertThat(one.store.held()).hasSize(1);
    }

    @Test
    void aPollThatFailsIsFollowedByTheNext() {
        OpenStream stream = one.open("c");
        one.store.faults(sent -> sent.operation() == Operation.MARKED ? Fate.ARRIVE_LATE : Fate.APPLY);
        world.advanceSeconds(3);
        one.store.faults(null);
        world.server.mark(stream.streamId());
        world.advanceSeconds(3);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void thePollStopsWhenTheStreamEnds() {
        OpenStream stream = one.open("c");
        world.advanceSeconds(5);
        assertThat(one.store.count(Operation.MARKED)).isEqualTo(5);
        stream.depart();
        world.advanceSeconds(60);
        assertThat(one.store.count(Operation.MARKED)).isEqualTo(5);
    }

    private static Call call(OnBusy onBusy, Duration acquireTimeout) {
        return new Call(new Call.Rule("Chat#stream", onBusy, acquireTimeout, null, true), "c", null, null);
    }
}
