package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.core.LeaseStore.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said and done while Redis cannot be reached. */
class OutageTest {

    private final World world = new World();
    private final World.Pod pod = world.pod(Tuned.with(s -> s.maxHold = Duration.ZERO));
    private final World.Pod strict = world.pod(Tuned.with(s -> s.onRedisDown = OnRedisDown.REJECT));

    private static final Fate OOM = new Fate.Fail(new Failure(Failure.Kind.REFUSED, "OOM command not allowed"));

    private static void refuse(World.Pod pod, Operation... operations) {
        pod.store.faults(sent -> List.of(operations).contains(sent.operation()) ? OOM : Fate.APPLY);
    }

    /** Warnings, errors and the news that it is over. */
    private static List<Level> said(World.Pod pod) {
        return pod.journal.lines().stream()
                .filter(line -> line.kind().startsWith("redis-"))
                .map(RecordingJournal.Line::level)
                .toList();
    }

    private void cut(World.Pod pod) {
        pod.store.goDown("connection refused");
        world.advanceSeconds(2);
    }

    @Test
    void withoutAConnectionOneStreamAChatWithinThisJvm() {
        pod.open("other").depart();
        cut(pod);
        OpenStream stream = pod.open("c");
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.fence()).isZero();
        World.Attempt second = pod.call("c");
        assertThat(second.isWaiting()).isTrue();
        world.advanceSeconds(5);
        assertThat(second.refusal()).as("it is busy, here").isInstanceOf(Entry.Busy.class);
        World.Attempt third = pod.call("c");
        stream.depart();
        assertThat(third.stream().isOpen()).isTrue();
    }

    @Test
    void oneWarnWhenItBeginsAndOneInfoWhenItEnds() {
        OpenStream stream = pod.open("c");
        cut(pod);
        for (int i = 0; i < 20; i++) {
            pod.open("chat " + i);
            world.advanceSeconds(10);
        }
        pod.store.comeUp();
        world.advanceSeconds(30);
        assertThat(said(pod)).containsExactly(Level.WARN, Level.INFO);
        assertThat(pod.journal.ofKind("redis-down").getFirst().message()).contains("connection refused", "degrade");
        assertThat(stream.holdsLock()).isTrue();
    }

    @Test
    void aShortLossOfTheConnectionIsNoOutage() {
        pod.open("c");
        pod.store.goDown("reset");
        world.advance(Duration.ofMillis(1999));
        pod.store.comeUp();
        world.advanceSeconds(100);
        assertThat(said(pod)).isEmpty();
    }

    @Test
    void anErrorActsOnThePolicyAtOnceAndTheOutageIsOverWhenThatWorkPasses() {
        OpenStream held = pod.open("held");
        refuse(pod, Operation.ACQUIRE);
        OpenStream stream = pod.open("c");
        assertThat(stream.holdsLock()).isFalse();
        world.advanceSeconds(100);
        assertThat(held.holdsLock()).as("renewals pass under OOM").isTrue();
        assertThat(said(pod)).containsExactly(Level.WARN);
        pod.store.faults(null);
        world.advanceSeconds(1);
        assertThat(stream.holdsLock()).isTrue();
        assertThat(said(pod)).containsExactly(Level.WARN, Level.INFO);
    }

    @Test
    void arefusalOfTheAbortPollAloneIsSaidOnceHoweverManyAcquiresPass() {
        refuse(pod, Operation.MARKED);
        pod.open("c");
        for (int i = 0; i < 20; i++) {
            world.advanceSeconds(1);
            pod.open("chat " + i).depart();
        }
        assertThat(said(pod)).hasSize(1);
        pod.store.faults(null);
        world.advanceSeconds(1);
        assertThat(said(pod)).hasSize(2).last().isEqualTo(Level.INFO);
    }

    @Test
    void aRefusalOfTheRenewalsEndsWithTheRenewalsThoughNobodyEnters() {
        pod.open("c");
        refuse(pod, Operation.RENEW);
        world.advanceSeconds(25);
        assertThat(said(pod)).containsExactly(Level.WARN);
        pod.store.faults(null);
        world.advanceSeconds(1);
        assertThat(said(pod)).containsExactly(Level.WARN, Level.INFO);
    }

    @Test
    void anOutageThatTurnsFromSilenceIntoErrorsIsOneOutage() {
        pod.open("c");
        cut(pod);
        refuse(pod, Operation.ACQUIRE);
        OpenStream stream = pod.open("d");
        pod.store.comeUp();
        world.advanceSeconds(50);
        pod.store.faults(null);
        world.advanceSeconds(2);
        assertThat(stream.holdsLock()).isTrue();
        assertThat(said(pod).getLast()).isEqualTo(Level.INFO);
    }

    @Test
    void underRejectNobodyEntersWithoutTheStore() {
        cut(strict);
        assertThat(strict.call("c").refusal())
                .isInstanceOfSatisfying(
                        Entry.Unavailable.class,
                        refusal -> assertThat(refusal.message())
                                .contains("connection refused")
                                .contains("c"));
        strict.store.comeUp();
        assertThat(strict.open("c").holdsLock()).isTrue();
    }

    @Test
    void underRejectAnErrorRefusesToo() {
        refuse(strict, Operation.ACQUIRE);
        assertThat(strict.call("c").refusal())
                .isInstanceOfSatisfying(
                        Entry.Unavailable.class,
                        refusal -> assertThat(refusal.message()).contains("OOM"));
    }

    @Test
    void untilTheFirstAnswerItIsSaidEachMinuteAsAnError() {
        World.Pod never = world.unconnectedPod("WRONGPASS invalid password");
        world.advance(Duration.ofMinutes(10));
        assertThat(said(never)).hasSize(10).containsOnly(Level.ERROR);
        assertThat(never.journal.lines().getFirst().message()).contains("WRONGPASS");
        never.store.comeUp();
        assertThat(said(never)).hasSize(11).last().isEqualTo(Level.INFO);
        OpenStream stream = never.open("c");
        assertThat(stream.holdsLock()).isTrue();
        never.store.goDown("test");
        world.advance(Duration.ofMinutes(10));
        assertThat(said(never))
                .as("after the first answer once")
                .hasSize(12)
                .last()
                .isEqualTo(Level.WARN);
    }

    @Test
    void aLinkThatComesAndGoesBeforeTheFirstAnswerRemindsOnceAMinuteOnly() {
        World.Pod never = world.unconnectedPod("refused");
        for (int i = 0; i < 10; i++) {
            world.advanceSeconds(3);
            never.store.comeUp();
            never.store.goDown("refused");
        }
        long before = said(never).size();
        world.advance(Duration.ofMinutes(10));
        assertThat(said(never).size() - before).isBetween(9L, 11L);
    }

    @Test
    void aLeaseThatRunsOutMeanwhileRunsOnWithoutALockAndTakesItWhenRedisIsBack() {
        OpenStream stream = pod.open("c");
        long fence = stream.fence();
        cut(pod);
        world.advanceSeconds(100);
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.isAborted()).isFalse();
        pod.store.comeUp();
        world.advanceSeconds(1);
        assertThat(stream.holdsLock()).isTrue();
        assertThat(stream.fence()).isEqualTo(fence);
    }

    @Test
    void anotherOwnerFoundThenMeansLost() {
        OpenStream stream = pod.open("c");
        cut(pod);
        world.advanceSeconds(100);
        OpenStream other = strict.open("c");
        pod.store.comeUp();
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.LOCK_LOST);
        assertThat(other.holdsLock()).isTrue();
    }

    @Test
    void aFailureOfOneKeyConcernsThatChatOnly() {
        Fate wrongType = new Fate.Fail(new Failure(Failure.Kind.KEY, "WRONGTYPE"));
        for (World.Pod each : List.of(pod, strict)) {
            each.store.faults(sent -> sent.ids().contains("bad") ? wrongType : Fate.APPLY);
        }
        OpenStream degraded = pod.open("bad");
        assertThat(degraded.holdsLock()).isFalse();
        assertThat(strict.call("bad").refusal()).isInstanceOf(Entry.Unavailable.class);
        assertThat(pod.open("good").holdsLock()).isTrue();
        assertThat(strict.open("other").holdsLock()).isTrue();
        world.advanceSeconds(100);
        assertThat(said(pod)).isEmpty();
        assertThat(pod.journal.ofKind("key-failure")).hasSize(1);
        pod.store.faults(null);
        world.advanceSeconds(1);
        assertThat(degraded.holdsLock()).isTrue();
    }

    @Test
    void aFailureOfOneKeyAtTheRenewalIsSaidOnce() {
        OpenStream stream = pod.open("bad");
        Fate wrongType = new Fate.Fail(new Failure(Failure.Kind.KEY, "WRONGTYPE"));
        pod.store.faults(sent ->
                sent.operation() == Operation.RENEW || sent.operation() == Operation.RELEASE ? wrongType : Fate.APPLY);
        world.advanceSeconds(100);
        stream.depart();
        world.advanceSeconds(100);
        assertThat(pod.journal.ofKind("key-failure")).hasSize(1);
        assertThat(said(pod)).isEmpty();
    }
}
