package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.WaitingStopTest.assertStopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Abort markers that are older than the call, for ids that the application gives. */
class OldMarkerTest {

    private final World world = new World();
    private final Pod pod = world.pod();
    private final Pod other = world.pod();

    @Test
    void anOldMarkerIsNoneOfTheCallsBusinessAndDeletedOnceItHolds() {
        world.server.mark("m");
        OpenStream stream = pod.open("c", "m");
        assertThat(world.server.marked("m")).isFalse();
        world.advanceSeconds(3);
        assertThat(stream.isAborted()).isFalse();
    }

    @Test
    void theLookIsInThePipelineOfTheAcquire() {
        OpenStream stream = pod.open("c", "m");
        assertThat(stream.holdsLock()).isTrue();
        assertThat(pod.store.sends()).isEqualTo(1);
    }

    @Test
    void aStopAfterTheOldMarkerIsGoneCounts() {
        world.server.mark("m");
        OpenStream stream = pod.open("c", "m");
        world.advanceSeconds(1);
        other.guard.abort("m").join();
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void anOldMarkerIsIgnoredWhileTheChatIsBusyHereAndDeletedOnceTheCallHolds() {
        OpenStream holder = pod.open("c");
        world.server.mark("m");
        Attempt waiter = pod.call("c", "m");
        world.advanceSeconds(3);
        assertThat(waiter.isWaiting()).isTrue();
        assertThat(world.server.marked("m")).isTrue();
        holder.depart();
        assertThat(waiter.stream().isAborted()).isFalse();
        assertThat(world.server.marked("m")).isFalse();
    }

    @Test
    void anOldMarkerIsIgnoredWhileTheChatIsBusyElsewhere() {
        OpenStream holder = other.open("c");
        world.server.mark("m");
        Attempt waiter = pod.call("c", "m");
        world.advanceSeconds(3);
        assertThat(waiter.isWaiting()).isTrue();
        assertThat(world.server.marked("m")).isTrue();
        holder.depart();
        world.advanceSeconds(1);
        assertThat(waiter.stream().isAborted()).isFalse();
        assertThat(world.server.marked("m")).isFalse();
    }

    @Test
    void aMarkerThatComesWhileTheCallWaitsCounts() {
        pod.open("c");
        Attempt waiter = pod.call("c", "m");
        world.server.mark("m");
        world.advanceSeconds(1);
        assertStopped(waiter, "m");
    }

    @Test
    void aMarkerThatComesAfterTheOldOneWentCountsWhileTheCallWaits() {
        pod.open("c");
        world.server.mark("m");
        Attempt waiter = pod.call("c", "m");
        world.advanceSeconds(1);
        world.server.clear("m");
        world.advanceSeconds(1);
        world.server.mark("m");
        world.advanceSeconds(1);
        assertStopped(waiter, "m");
    }

    @Test
    void aStopCountsThoughTheOldMarkerIsStillThereWhileTheCallWaits() {
        pod.open("c");
        world.server.mark("m");
        world.advanceSeconds(7);
        Attempt waiter = pod.call("c", "m");
        world.advanceSeconds(2);
        assertThat(waiter.isWaiting()).isTrue();
        other.guard.abort("m").join();
        world.advanceSeconds(2);
        assertStopped(waiter, "m");
    }

    @Test
    void aStopThatComesJustBeforeTheCallHoldsIsNotTakenForTheOldMarker() {
        OpenStream holder = pod.open("c");
        world.server.mark("m");
        Attempt waiter = pod.call("c", "m");
        world.advance(Duration.ofMillis(2_500));
        other.guard.abort("m").join();
        holder.depart();
        OpenStream stream = waiter.stream();
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
        assertThat(world.server.marked("m")).isFalse();
    }

    @Test
    void aLookThatFailedIsMadeUpForByTheNextSweep() {
        pod.open("c");
        pod.store.faults(sent -> sent.operation() == Operation.MARKED ? Fate.ARRIVE_LATE : Fate.APPLY);
        Attempt waiter = pod.call("c", "m");
        pod.store.faults(null);
        world.advanceSeconds(1);
        world.server.mark("m");
        world.advanceSeconds(1);
        assertStopped(waiter, "m");
    }

    @Test
    void anOldMarkerThatCouldNotBeDeletedIsDeletedByALaterSweep() {
        world.server.mark("m");
        pod.store.faults(sent -> sent.operation() == Operation.CLEAR ? Fate.ARRIVE_LATE : Fate.APPLY);
        OpenStream stream = pod.open("c", "m");
        assertThat(world.server.marked("m")).isTrue();
        pod.store.faults(null);
        world.advanceSeconds(1);
        assertThat(world.server.marked("m")).isFalse();
        world.advanceSeconds(1);
        assertThat(stream.isAborted()).isFalse();
        world.server.mark("m");
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void anOldMarkerIsDeletedOnceAtATime() {
        world.server.mark("m");
        pod.store.faults(sent -> sent.operation() == Operation.CLEAR ? Fate.HOLD_ANSWER : Fate.APPLY);
        pod.open("c", "m");
        world.server.mark("m");
        world.advanceSeconds(3);
        assertThat(pod.store.count(Operation.CLEAR)).isEqualTo(1);
    }

    @Test
    void idsThatTheAgentMadeAreNotLookedUp() {
        pod.open("c");
        Attempt waiter = pod.call("c");
        assertThat(pod.store.count(Operation.MARKED)).isZero();
        world.server.mark(waiter.admission().stream().streamId());
        world.advanceSeconds(1);
        assertStopped(waiter, waiter.admission().stream().streamId());
    }

    @Test
    void aCallWithoutAChatIgnoresAnOldMarkerToo() {
        world.server.mark("m");
        Entry entry = pod.guard.enter(call(null, "m"));
        GuardedStream stream = ((Entry.Entered) entry).stream();
        world.advanceSeconds(2);
        assertThat(stream.abortReason()).isEmpty();
        other.guard.abort("m").join();
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
        ((Entry.Entered) entry).leave();
    }

    @Test
    void aStreamThatEnteredWithoutTheStoreAndCouldNotLookTakesAnyMarkerForAStop() {
        pod.store.goDown("test");
        Attempt call = pod.call("c", "m");
        world.advanceSeconds(2);
        OpenStream stream = call.stream();
        other.guard.abort("m").join();
        pod.store.comeUp();
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void aMarkerLivesForAnHour() {
        other.guard.abort("m").join();
        assertThat(world.server.markerLeft("m")).isEqualTo(Duration.ofHours(1));
    }

    static Call call(@org.jspecify.annotations.Nullable String chatId, String streamId) {
        return new Call(new Call.Rule("Chat#stream", null, null, null, true), chatId, streamId, null);
    }
}
