package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.Network.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Redis does not answer, or the connection is missing: how long calls wait, and when they stop waiting. */
class SilenceTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();
    private final World.Pod strict = world.pod(Tuned.with(s -> s.onRedisDown = OnRedisDown.REJECT));

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void theFirstCallWaitsOneCommandTimeoutAndNoOtherWaitsLonger() {
        pod.network.silence();
        World.Attempt first = pod.call("a");
        world.advance(millis(1900));
        World.Attempt second = pod.call("b");
        assertThat(first.isWaiting()).isTrue();
        assertThat(second.isWaiting()).isTrue();
        world.advance(millis(100));
        assertThat(first.stream().holdsLock()).isFalse();
        assertThat(second.isWaiting()).as("told at the same moment").isFalse();
        assertThat(pod.call("c").isWaiting()).as("at once from now on").isFalse();
    }

    @Test
    void whileRedisIsSilentCallsUnderRejectAreRefusedAtOnce() {
        strict.network.silence();
        World.Attempt first = strict.call("a");
        world.advanceSeconds(2);
        assertThat(first.refusal()).isInstanceOf(Entry.Unavailable.class);
        assertThat(strict.call("b").refusal()).isInstanceOf(Entry.Unavailable.class);
    }

    @Test
    void aCallDuringSilenceCausesOneProbeAtMost() {
        strict.network.silence();
        strict.call("a");
        world.advanceSeconds(2);
        for (int i = 0; i < 10; i++) {
            strict.call("b" + i);
        }
        assertThat(strict.store.count(Operation.PING)).isEqualTo(1);
        assertThat(strict.store.count(Operation.ACQUIRE)).isEqualTo(1);
        world.advanceSeconds(2);
        strict.call("c");
        assertThat(strict.store.count(Operation.PING)).isEqualTo(2);
    }

    @Test
    void aProbeFindsTheStoreBackThoughNoStreamIsOpen() {
        strict.network.silence();
        strict.call("a");
        world.advanceSeconds(100);
        strict.network.heal();
        assertThat(strict.call("b").refusal()).isInstanceOf(Entry.Unavailable.class);
        assertThat(strict.call("c").stream().holdsLock())
                .as("its probe was answered")
                .isTrue();
        assertThat(strict.journal.ofKind("redis-up")).hasSize(1);
    }

    @Test
    void aDegradedStreamFindsTheStoreBackByItself() {
        pod.network.silence();
        World.Attempt attempt = pod.call("a");
        world.advanceSeconds(30);
        pod.network.heal();
        world.advanceSeconds(3);
        assertThat(attempt.stream().holdsLock()).isTrue();
        assertThat(pod.open("b").holdsLock()).isTrue();
    }

    @Test
    void aConnectionThatBreaksDuringSilenceMakesNobodyWaitAgain() {
        pod.network.silence();
        pod.call("a");
        world.advanceSeconds(2);
        pod.network.breaks(sent -> Network.NEVER);
        pod.store.goDown("no answer for 5000 ms");
        assertThat(pod.call("b").isWaiting()).isFalse();
        pod.store.goDown("connect timed out");
        assertThat(pod.call("c").isWaiting()).isFalse();
    }

    @Test
    void oneLostAnswerAmongOthersIsNoSilence() {
        pod.open("held");
        pod.network.ordered(false);
        pod.network.delays(sent -> sent.ids().contains("a") ? Delay.SILENCE : Delay.NONE);
        World.Attempt lost = pod.call("a");
        world.advanceSeconds(2);
        assertThat(lost.stream().holdsLock()).as("acts on the policy").isFalse();
        assertThat(pod.open("b").holdsLock()).isTrue();
        assertThat(pod.journal.ofKind("redis-down")).isEmpty();
    }

    @Test
    void aCallWaitsForAMissingConnectionUntilOneCommandTimeoutAfterItWentMissing() {
        pod.store.goDown("reset");
        world.advance(millis(1500));
        World.Attempt late = pod.call("a");
        assertThat(late.isWaiting()).isTrue();
        world.advance(millis(499));
        assertThat(late.isWaiting()).isTrue();
        world.advance(millis(1));
        assertThat(late.stream().holdsLock()).isFalse();
        assertThat(pod.call("b").isWaiting()).isFalse();
    }

    @Test
    void aCallThatWaitsForTheConnectionGetsItsLockWhenItIsThere() {
        World.Pod fresh = world.unconnectedPod("not connected yet");
        World.Attempt attempt = fresh.call("a");
        world.advance(millis(1999));
        assertThat(attempt.isWaiting()).isTrue();
        fresh.store.comeUp();
        assertThat(attempt.stream().holdsLock()).isTrue();
    }

    @Test
    void aCallWhoseConnectionBreaksUnderItWaitsForTheNextOne() {
        strict.network.silence();
        World.Attempt attempt = strict.call("a");
        world.advance(millis(500));
        strict.store.goDown("reset");
        strict.network.breaks(sent -> Network.NEVER);
        assertThat(attempt.isWaiting()).isTrue();
        strict.network.heal();
        world.advance(millis(1999));
        assertThat(attempt.isWaiting()).isTrue();
        strict.store.comeUp();
        assertThat(attempt.stream().holdsLock()).isTrue();
    }

    @Test
    void aConnectionThatComesAndGoesDoesNotKeepACallForEver() {
        strict.network.silence();
        World.Attempt attempt = strict.call("a");
        for (int i = 0; i < 9; i++) {
            world.advance(millis(500));
            strict.store.goDown("reset");
            strict.network.breaks(sent -> Network.NEVER);
            strict.store.comeUp();
        }
        assertThat(attempt.refusal()).isInstanceOf(Entry.Unavailable.class);
    }

    @Test
    void aSupersederThatMissesItsConnectionStillTakesTheLockAway() {
        World.Pod other = world.pod();
        OpenStream victim = other.open("c");
        other.paused = true;
        World.Attempt superseder = pod.call("c", null, OnBusy.SUPERSEDE);
        world.advance(millis(4999));
        pod.store.goDown("reset");
        world.advance(millis(2));
        assertThat(superseder.isWaiting()).isTrue();
        pod.store.comeUp();
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(world.server.lock("c")).isNotEqualTo(victim.streamId());
    }

    @Test
    void aSupersederWhoseLastTryWasNotSentStillTakesTheLockAway() {
        World.Pod other = world.pod();
        other.open("c");
        other.paused = true;
        World.Attempt superseder = pod.call("c", null, OnBusy.SUPERSEDE);
        world.advance(millis(4999));
        pod.store.faults(sent -> sent.operation() == Operation.ACQUIRE
                ? new Fate.Fail(new LeaseStore.Failure(LeaseStore.Failure.Kind.NOT_SENT, "test"))
                : Fate.HOLD);
        world.advance(millis(2));
        assertThat(superseder.isWaiting()).isTrue();
        pod.store.faults(null);
        pod.store.comeUp();
        assertThat(superseder.stream().holdsLock()).isTrue();
    }

    @Test
    void silenceIsNeverCalledBusy() {
        OpenStream elsewhere = world.pod().open("c");
        List<World.Attempt> attempts = new ArrayList<>();
        strict.network.silence();
        for (int i = 0; i < 20; i++) {
            attempts.add(strict.call("c", null, OnBusy.values()[i % 3]));
            world.advance(millis(250));
        }
        world.advanceSeconds(10);
        assertThat(attempts).allSatisfy(attempt -> {
            if (attempt.refusal() instanceof Entry.Busy busy) {
                assertThat(busy.message()).as("only this JVM's own queue").contains("another stream is open in it");
            }
        });
        assertThat(elsewhere.holdsLock()).isTrue();
    }

    @Test
    void aQuestionForAnOwnerWaitsNoLongerThanACall() {
        strict.network.silence();
        var first = strict.guard.owner("c");
        world.advanceSeconds(2);
        assertThat(first).isCompletedExceptionally();
        assertThat(strict.guard.owner("c")).isCompletedExceptionally();
        assertThat(strict.guard.owners(List.of("c")).join().verified()).isFalse();
        assertThat(strict.guard.abort("s").handle((done, fault) -> fault).join())
                .satisfiesAnyOf(
                        fault -> assertThat(fault).isInstanceOf(java.io.IOException.class),
                        fault -> assertThat(fault).isInstanceOf(CompletionException.class));
    }

    @Test
    void theReturnOfAMethodDoesNotWaitWhileRedisIsSilent() {
        OpenStream first = pod.open("a");
        OpenStream second = pod.open("b");
        pod.network.silence();
        var released = first.depart();
        assertThat(released).isNotDone();
        world.advanceSeconds(2);
        assertThat(released).isDone();
        assertThat(second.depart()).isDone();
    }
}
