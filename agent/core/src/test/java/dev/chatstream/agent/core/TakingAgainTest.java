package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A lock that is gone when its renewal comes: taken again, or lost for good. */
class TakingAgainTest {

    private final World world = new World();
    private final World.Pod pod = world.pod(Tuned.with(s -> {
        s.maxHold = Duration.ZERO;
        s.onLost = OnLost.ABORT;
    }));

    private void renew() {
        world.advanceSeconds(20);
    }

    private void failRenewals() {
        pod.store.faults(sent -> sent.operation() == Operation.RENEW ? Fate.ARRIVE_LATE : Fate.APPLY);
    }

    private void anotherComesAndGoes() {
        OpenStream another = world.pod().open("c");
        assertThat(another.holdsLock()).isTrue();
        another.depart();
    }

    private void assertTakenAgain(OpenStream stream, World.Pod by) {
        assertThat(stream.holdsLock()).isTrue();
        assertThat(stream.isAborted()).isFalse();
        assertThat(world.server.lock("c")).contains(stream.streamId());
        assertThat(by.journal.ofKind("taken-again")).hasSize(1);
    }

    private void assertLost(OpenStream stream) {
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.abortReason()).contains(AbortReason.LOCK_LOST);
        assertThat(pod.journal.ofKind("lost")).hasSize(1);
        assertThat(pod.journal.ofKind("taken-again")).isEmpty();
    }

    @Test
    void aLockThatAnOperatorDeletedIsTakenAgainWithTheSameFenceAndSaid() {
        OpenStream stream = pod.open("c");
        long fence = stream.fence();
        world.server.deleteLock("c");
        renew();
        assertTakenAgain(stream, pod);
        assertThat(stream.fence()).isEqualTo(fence);
        assertThat(pod.journal.ofKind("taken-again").getFirst().message())
                .contains(stream.streamId())
                .contains("abortChat");
    }

    @Test
    void beforeItsDeadlineItIsTakenAgainAlsoWhereRedisHasForgottenEverything() {
        OpenStream stream = pod.open("c");
        world.server.wipe();
        renew();
        assertTakenAgain(stream, pod);
    }

    @Test
    void aLockThatIsGoneIsNotTakenAgainWhereAnotherCameBetween() {
        OpenStream stream = pod.open("c");
        world.server.deleteLock("c");
        anotherComesAndGoes();
        renew();
        assertLost(stream);
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void aLockThatAnotherHoldsIsLost() {
        OpenStream stream = pod.open("c");
        world.server.deleteLock("c");
        OpenStream another = world.pod().open("c");
        renew();
        assertLost(stream);
        assertThat(world.server.lock("c")).contains(another.streamId());
        assertThat(another.holdsLock()).isTrue();
    }

    @Test
    void aLockOfTheSameIdThatAPlainPodTookIsNotTakenForOnesOwn() {
        OpenStream stream = pod.open("c", "s");
        world.server.deleteLock("c");
        world.server.deleteRecord("c");
        assertThat(world.server.takeAsPlainPod("c", "s", World.TTL)).isTrue();
        renew();
        assertLost(stream);
    }

    @Test
    void anAbortedStreamNeverTakesItsLockAgain() {
        OpenStream stream = pod.open("c");
        world.advanceSeconds(17);
        stream.abort(AbortReason.STOPPED, "test");
        world.server.deleteLock("c");
        world.advanceSeconds(3);
        assertThat(stream.holdsLock()).isFalse();
        assertThat(world.server.lock("c")).isEmpty();
        assertThat(pod.journal.ofKind("taken-again")).isEmpty();
    }

    @Test
    void afterAPauseLongerThanTheTtlItIsTakenAgainIfNobodyCame() {
        OpenStream stream = pod.open("c");
        pod.paused = true;
        world.advanceSeconds(100);
        assertThat(world.server.lock("c")).isEmpty();
        assertThat(stream.holdsLock()).isFalse();
        pod.paused = false;
        world.advanceSeconds(1);
        assertTakenAgain(stream, pod);
    }

    @Test
    void afterAPauseLongerThanTheTtlItIsLostIfAnotherCameAndWent() {
        OpenStream stream = pod.open("c");
        pod.paused = true;
        world.advanceSeconds(100);
        anotherComesAndGoes();
        pod.paused = false;
        world.advanceSeconds(1);
        assertLost(stream);
    }

    @Test
    void afterAPauseLongerThanTheTtlItIsLostIfRedisHasForgottenWhoCame() {
        OpenStream stream = pod.open("c");
        pod.paused = true;
        world.advanceSeconds(100);
        world.server.wipe();
        pod.paused = false;
        world.advanceSeconds(1);
        assertLost(stream);
    }

    @Test
    void whereRedisWasAwayItIsTakenAgainAlsoIfRedisHasForgottenEverything() {
        OpenStream stream = pod.open("c");
        failRenewals();
        world.advanceSeconds(600);
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.isAborted()).isFalse();
        world.server.wipe();
        pod.store.faults(null);
        world.advanceSeconds(1);
        assertTakenAgain(stream, pod);
    }

    @Test
    void whereRedisWasAwayItIsLostIfAnotherCameAndWent() {
        OpenStream stream = pod.open("c");
        failRenewals();
        world.advanceSeconds(600);
        anotherComesAndGoes();
        pod.store.faults(null);
        world.advanceSeconds(1);
        assertLost(stream);
    }

    @Test
    void whereRedisWasAwayForAsLongAsRecordsAreKeptItIsTakenAgain() {
        OpenStream stream = pod.open("c");
        failRenewals();
        world.advance(GuardSettings.KEEP.minusSeconds(5));
        pod.store.faults(null);
        world.advanceSeconds(1);
        assertTakenAgain(stream, pod);
    }

    @Test
    void whereRedisWasAwayForLongerThanRecordsAreKeptItRunsOnUntilRedisIsBackAndIsLostThen() {
        OpenStream stream = pod.open("c");
        failRenewals();
        world.advance(GuardSettings.KEEP.plusMinutes(10));
        assertThat(stream.isAborted()).as("runs on").isFalse();
        pod.store.faults(null);
        world.advanceSeconds(1);
        assertLost(stream);
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void underRejectALeaseThatRunsOutIsLostAtOnce() {
        World.Pod strict = world.pod(Tuned.with(s -> s.onRedisDown = OnRedisDown.REJECT));
        OpenStream stream = strict.open("c");
        strict.store.faults(sent -> sent.operation() == Operation.RENEW ? Fate.ARRIVE_LATE : Fate.APPLY);
        world.advanceSeconds(59);
        assertThat(stream.isAborted()).isFalse();
        world.advanceSeconds(2);
        assertThat(stream.abortReason()).contains(AbortReason.LOCK_LOST);
        assertThat(strict.journal.ofKind("lost").getFirst().message()).contains("ran out");
    }

    @Test
    void underRejectAPauseLongerThanTheTtlIsNoLossWhileRedisCanSayMore() {
        World.Pod strict = world.pod(Tuned.with(s -> s.onRedisDown = OnRedisDown.REJECT));
        OpenStream stream = strict.open("c");
        strict.paused = true;
        world.advanceSeconds(100);
        strict.paused = false;
        world.advanceSeconds(1);
        assertTakenAgain(stream, strict);
    }

    @Test
    void underRejectALeaseThatRanOutInAPauseIsLostWhereRedisCannotBeReachedAfterIt() {
        World.Pod strict = world.pod(Tuned.with(s -> s.onRedisDown = OnRedisDown.REJECT));
        OpenStream stream = strict.open("c");
        strict.paused = true;
        world.advanceSeconds(100);
        strict.store.faults(sent -> sent.operation() == Operation.RENEW ? Fate.ARRIVE_LATE : Fate.APPLY);
        strict.paused = false;
        world.advanceSeconds(2);
        assertThat(stream.abortReason()).contains(AbortReason.LOCK_LOST);
    }
}
