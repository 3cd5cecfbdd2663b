package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.QueueTest.busy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** SUPERSEDE across pods, and against a pod that keeps no records. */
class SupersedeElsewhereTest {

    private final World world = new World();
    private final Pod one = world.pod();
    private final Pod two = world.pod();

    private Attempt supersede(Pod on) {
        return on.call("c", null, OnBusy.SUPERSEDE);
    }

    @Test
    void theHolderIsAskedByItsRecordAndThenByItsMarkerAndAbortedAsSuperseded() {
        OpenStream victim = one.open("c");
        Attempt superseder = supersede(two);
        assertThat(two.store.count(Operation.ASK)).isEqualTo(1);
        assertThat(world.server.marked(victim.streamId())).isTrue();
        world.advanceSeconds(1);
        assertThat(victim.abortReason()).contains(AbortReason.SUPERSEDED);
        assertThat(victim.holdsLock())
                .as("it keeps its lock as any aborted stream")
                .isTrue();
        assertThat(world.server.marked(victim.streamId())).isFalse();
        assertThat(superseder.isWaiting()).isTrue();
    }

    @Test
    void itEntersWhenTheStreamHasEnded() {
        OpenStream victim = one.open("c");
        Attempt superseder = supersede(two);
        world.advanceSeconds(2);
        victim.depart();
        world.advanceSeconds(1);
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(superseder.stream().fence()).isGreaterThan(victim.fence());
    }

    @Test
    void eachHolderIsAskedOnce() {
        one.open("c");
        supersede(two);
        world.advance(Duration.ofMillis(4_900));
        assertThat(two.store.count(Operation.ASK)).isEqualTo(1);
        assertThat(two.store.count(Operation.MARK)).isEqualTo(1);
        assertThat(two.store.count(Operation.ACQUIRE)).isEqualTo(1);
    }

    @Test
    void afterTheAcquireTimeoutItTakesTheLockAwayAndTheVictimIsToldByItsNextRenewal() {
        Pod patient = world.pod(Tuned.with(s -> s.abortGrace = Duration.ofMinutes(1)));
        OpenStream victim = patient.open("c");
        Attempt superseder = supersede(two);
        world.advance(Duration.ofMillis(4_999));
        assertThat(superseder.isWaiting()).isTrue();
        world.advance(Duration.ofMillis(1));
        assertThat(superseder.stream().holdsLock()).isTrue();
        world.advanceSeconds(20);
        assertThat(victim.holdsLock()).isFalse();
        assertThat(patient.journal.ofKind("lost"))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("superseded"));
        victim.depart();
        assertThat(world.server.lock("c")).contains(superseder.stream().streamId());
    }

    @Test
    void aVictimThatNeverSawTheMarkerIsAbortedAsSupersededByItsRenewal() {
        OpenStream victim = one.open("c");
        one.store.faults(sent -> sent.operation() == Operation.MARKED
                ? new Fate.Fail(new LeaseStore.Failure(LeaseStore.Failure.Kind.KEY, "test"))
                : Fate.APPLY);
        Attempt superseder = supersede(two);
        world.advanceSeconds(5);
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(victim.isAborted()).isFalse();
        world.advanceSeconds(20);
        assertThat(victim.abortReason()).contains(AbortReason.SUPERSEDED);
    }

    @Test
    void aHolderWithoutARecordHasOnlyTheMarker() {
        world.server.takeAsPlainPod("c", "node", World.TTL);
        Attempt superseder = supersede(two);
        assertThat(world.server.marked("node")).isTrue();
        world.advanceSeconds(2);
        assertThat(superseder.isWaiting()).isTrue();
        world.server.deleteLock("c"); // it has seen the marker and ended
        world.advanceSeconds(1);
        assertThat(superseder.stream().holdsLock()).isTrue();
    }

    @Test
    void aHolderWithoutARecordLosesItsLockAfterTheAcquireTimeout() {
        world.server.takeAsPlainPod("c", "node", World.TTL);
        Attempt superseder = supersede(two);
        world.advanceSeconds(5);
        assertThat(superseder.stream().holdsLock()).isTrue();
    }

    @Test
    void aHolderThatCameMeanwhileIsAskedToo() {
        OpenStream victim = one.open("c");
        Attempt next = one.call("c");
        Attempt superseder = supersede(two);
        one.store.faults(null);
        victim.depart(); // before it has seen that it is superseded: the next one here comes in
        OpenStream second = next.stream();
        world.advanceSeconds(2);
        assertThat(second.abortReason()).contains(AbortReason.SUPERSEDED);
        second.depart();
        world.advanceSeconds(1);
        assertThat(superseder.stream().holdsLock()).isTrue();
    }

    @Test
    void aHolderThatMovedBetweenTheAnswerAndTheQuestionIsLookedUpAgain() {
        OpenStream victim = one.open("c");
        two.store.faults(sent -> {
            if (sent.operation() == Operation.ASK && victim.isOpen()) {
                victim.depart();
            }
            return Fate.APPLY;
        });
        assertThat(supersede(two).stream().holdsLock()).isTrue();
    }

    @Test
    void itStandsInFrontOfTheQueueOfTheOtherPod() {
        OpenStream victim = one.open("c");
        Attempt waiter = one.call("c", "w");
        Attempt superseder = supersede(two);
        world.advance(Duration.ofMillis(1_500));
        assertThat(victim.abortReason()).contains(AbortReason.SUPERSEDED);
        victim.depart();
        world.advanceSeconds(1);
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(waiter.isWaiting()).isTrue();
        superseder.stream().depart();
        world.advanceSeconds(1);
        assertThat(waiter.stream().isAborted()).isFalse();
    }

    @Test
    void aQuestionThatIsNotAnsweredIsAskedAgain() {
        OpenStream victim = one.open("c");
        two.store.faults(sent -> sent.operation() == Operation.ASK ? Fate.ARRIVE_LATE : Fate.APPLY);
        supersede(two);
        assertThat(world.server.marked(victim.streamId())).isFalse();
        two.store.faults(null);
        world.advanceSeconds(2);
        assertThat(victim.abortReason()).contains(AbortReason.SUPERSEDED);
    }

    @Test
    void aMarkerThatCouldNotBeWrittenIsWrittenAgain() {
        OpenStream victim = one.open("c");
        two.store.faults(sent -> sent.operation() == Operation.MARK ? Fate.ARRIVE_LATE : Fate.APPLY);
        supersede(two);
        two.store.faults(null);
        world.advanceSeconds(2);
        assertThat(victim.abortReason()).contains(AbortReason.SUPERSEDED);
    }

    @Test
    void aCallThatWaitsForTheOtherPodMakesWayAndKeepsItsPlaceInTheQueue() {
        OpenStream victim = one.open("c");
        Attempt waiter = two.call(QueueTest.call("c", Duration.ofSeconds(30)));
        Attempt behind = two.call(QueueTest.call("c", Duration.ofSeconds(30)));
        Attempt superseder = supersede(two);
        world.advanceSeconds(1);
        assertThat(victim.abortReason()).contains(AbortReason.SUPERSEDED);
        victim.depart();
        world.advanceSeconds(1);
        superseder.stream().depart();
        assertThat(behind.isWaiting()).isTrue();
        waiter.stream().depart();
        assertThat(behind.stream().isAborted()).isFalse();
    }

    @Test
    void aLaterSupersederEndsTheWaitOfOneThatWaitsForAnotherPod() {
        one.open("c");
        Attempt earlier = supersede(two);
        Attempt later = supersede(two);
        assertThat(earlier.refusal())
                .isInstanceOfSatisfying(
                        Entry.Aborted.class, out -> assertThat(out.reason()).isEqualTo(AbortReason.SUPERSEDED));
        world.advanceSeconds(5);
        assertThat(later.stream().holdsLock()).isTrue();
    }

    @Test
    void aHolderThatComesInTheLastMomentIsNotOverruledUnasked() {
        OpenStream victim = one.open("c");
        Attempt superseder = supersede(two);
        world.advance(Duration.ofMillis(4_500));
        victim.depart();
        OpenStream late = one.open("c");
        world.advance(Duration.ofMillis(500));
        assertThat(late.holdsLock()).isTrue();
        assertThat(world.server.lock("c")).contains(late.streamId());
        assertThat(busy(superseder).ownerStreamId()).isEqualTo(late.streamId());
    }

    @Test
    void aVictimThatCannotBeToldBelievesInItsLockUntilItsDeadlineAndTheFenceTellsThemApart() {
        OpenStream victim = one.open("c");
        one.paused = true;
        Attempt superseder = supersede(two);
        world.advanceSeconds(5);
        assertThat(superseder.stream().fence()).isGreaterThan(victim.fence());
        world.advance(Duration.ofSeconds(55).minusNanos(1));
        assertThat(victim.holdsLock()).isTrue();
        world.advance(Duration.ofNanos(1));
        assertThat(victim.holdsLock()).isFalse();
    }

    @Test
    void aLateMarkerForAnIdOfTheApplicationsHitsTheNextStreamThatHasIt() {
        OpenStream first = one.open("c", "m");
        supersede(two); // its marker is written, and first ends before it sees that
        world.server.clear("m");
        first.depart();
        OpenStream second = one.open("d", "m");
        world.server.mark("m");
        world.advanceSeconds(1);
        assertThat(second.abortReason()).contains(AbortReason.STOPPED);
    }
}
