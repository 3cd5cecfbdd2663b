package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.Network.Delay;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The release goes on until it is certain, and chases what may still take the lock. */
class ReleaseTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    private long releases() {
        return pod.store.count(Operation.RELEASE);
    }

    private void only(Operation operation, Fate fate) {
        pod.store.faults(sent -> sent.operation() == operation ? fate : Fate.APPLY);
    }

    private HeldOperation held(Operation operation) {
        HeldOperation found = pod.store.held().stream()
                .filter(held -> held.sent().operation() == operation)
                .findFirst()
                .orElseThrow();
        pod.store.held().remove(found);
        return found;
    }

    @Test
    void aReleaseThatIsAnsweredIsSentOnce() {
        pod.open("c").depart();
        world.advanceSeconds(100);
        assertThat(releases()).isEqualTo(1);
        assertThat(pod.guard.engine().releases().isEmpty()).isTrue();
    }

    @Test
    void aReleaseOfALockThatIsAnothersChangesNothing() {
        OpenStream stream = pod.open("c");
        world.server.deleteLock("c");
        OpenStream other = world.pod().open("c");
        stream.depart();
        assertThat(world.server.lock("c")).contains(other.streamId());
        assertThat(other.holdsLock()).isTrue();
    }

    @Test
    void aReleaseWithoutAnAnswerIsRepeatedEachTickUntilItIsAnsweredOnce() {
        OpenStream stream = pod.open("c");
        only(Operation.RELEASE, Fate.ARRIVE_LATE);
        stream.depart();
        world.advanceSeconds(10);
        assertThat(releases()).isBetween(10L, 12L);
        assertThat(world.server.lock("c")).isPresent();
        pod.store.faults(null);
        world.advanceSeconds(1);
        long sent = releases();
        assertThat(world.server.lock("c")).isEmpty();
        world.advanceSeconds(100);
        assertThat(releases()).isEqualTo(sent);
    }

    @Test
    void aReleaseThatIsNeverAnsweredIsRepeatedForOneTtlAtMost() {
        OpenStream stream = pod.open("c");
        only(Operation.RELEASE, Fate.ARRIVE_LATE);
        stream.depart();
        world.advanceSeconds(62);
        long sent = releases();
        assertThat(sent).isGreaterThan(59);
        world.advanceSeconds(100);
        assertThat(releases()).isEqualTo(sent);
        assertThat(pod.guard.engine().pacemaker().untilDue()).isEqualTo(Beat.NEVER);
    }

    @Test
    void aCallThatLeavesWhileItsAcquireIsUnansweredLeavesNoOrphan() {
        only(Operation.ACQUIRE, Fate.ARRIVE_LATE);
        OpenStream stream = pod.call("c").stream();
        stream.depart();
        pod.store.faults(null);
        world.advanceSeconds(30);
        held(Operation.ACQUIRE).arrive();
        assertThat(world.server.lock("c")).as("the late one takes it").isPresent();
        world.advanceSeconds(1);
        assertThat(world.server.lock("c")).as("the next repetition frees it").isEmpty();
    }

    @Test
    void aCallThatIsRefusedWhileItsAcquireIsUnderWayLeavesNoOrphan() {
        only(Operation.ACQUIRE, Fate.HOLD);
        World.Attempt attempt = pod.call("c");
        attempt.admission().stream().abort(AbortReason.STOPPED, "test");
        assertThat(attempt.refusal()).isInstanceOf(Entry.Aborted.class);
        pod.store.faults(null);
        world.advanceSeconds(1);
        held(Operation.ACQUIRE).answer();
        assertThat(world.server.lock("c")).isPresent();
        world.advanceSeconds(1);
        assertThat(world.server.lock("c")).isEmpty();
        long sent = releases();
        world.advanceSeconds(100);
        assertThat(releases()).as("answered after everything else was").isEqualTo(sent);
    }

    @Test
    void aCallThatCannotHaveTakenItsLockReleasesNothing() {
        world.pod().open("c");
        pod.call("c", null, GuardSettings.OnBusy.REJECT);
        only(Operation.ACQUIRE, new Fate.Fail(new Failure(Failure.Kind.REFUSED, "OOM")));
        pod.call("d").stream().depart();
        world.advanceSeconds(100);
        assertThat(releases()).isZero();
    }

    @Test
    void whereAnAcquiringSendWasNeverAnsweredTheReleaseIsRepeatedUntilOneTtlAfterTheLastOfThem() {
        OpenStream stream = pod.open("c");
        world.advanceSeconds(18);
        only(Operation.RENEW, Fate.ARRIVE_LATE);
        world.advanceSeconds(1);
        pod.store.faults(null);
        world.advanceSeconds(1);
        assertThat(stream.holdsLock()).isTrue();
        stream.depart();
        world.advanceSeconds(58);
        long sent = releases();
        assertThat(sent).isGreaterThanOrEqualTo(58);
        world.advanceSeconds(100);
        assertThat(releases() - sent).isLessThanOrEqualTo(3);
        assertThat(pod.guard.engine().releases().isEmpty()).isTrue();
    }

    @Test
    void aLateRenewalCannotBringTheLockBackForLongerThanATick() {
        OpenStream stream = pod.open("c");
        world.advanceSeconds(18);
        only(Operation.RENEW, Fate.ARRIVE_LATE);
        world.advanceSeconds(1);
        pod.store.faults(null);
        stream.depart();
        world.server.deleteRecord("c"); // the record that closes the door
        held(Operation.RENEW).arrive();
        assertThat(world.server.lock("c")).isPresent();
        world.advanceSeconds(1);
        assertThat(world.server.lock("c")).isEmpty();
    }

    /** What an older send does after it is not known from the answer to a release that overtook it. */
    @Test
    void aReleaseThatOvertookAnAcquireIsNotTheLastOne() {
        only(Operation.ACQUIRE, Fate.HOLD);
        World.Attempt attempt = pod.call("c");
        only(Operation.RELEASE, Fate.HOLD_ANSWER);
        attempt.admission().stream().abort(AbortReason.STOPPED, "test");
        pod.store.faults(null);
        held(Operation.ACQUIRE).answer();
        held(Operation.RELEASE).answer();
        assertThat(world.server.lock("c")).isPresent();
        world.advanceSeconds(1);
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void aLateCopyOfAnAcquireThatWasGivenBackTakesNothing() {
        pod.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD_ANSWER : Fate.APPLY);
        World.Attempt attempt = pod.call("c");
        HeldOperation acquire = held(Operation.ACQUIRE);
        pod.store.faults(null);
        acquire.answer();
        attempt.stream().depart();
        acquire.arrive();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void theReleaseGoesOutAfterARenewalInFlightAndIsRepeatedOnceThatIsAnswered() {
        OpenStream stream = pod.open("c");
        world.advanceSeconds(18);
        pod.network.delays(sent -> sent.operation() == Operation.MARKED
                ? Delay.NONE
                : new Delay(Duration.ofMillis(300), Duration.ofMillis(300)));
        world.advanceSeconds(1);
        assertThat(pod.store.count(Operation.RENEW)).isEqualTo(1);
        stream.depart();
        world.advanceSeconds(3);
        assertThat(world.server.lock("c")).isEmpty();
        assertThat(releases()).isEqualTo(2);
        assertThat(pod.guard.engine().releases().isEmpty()).isTrue();
    }

    @Test
    void theNextCallHereDoesNotWaitForAReleaseThatHasNotArrived() {
        OpenStream stream = pod.open("c");
        only(Operation.RELEASE, Fate.HOLD);
        stream.depart();
        OpenStream next = pod.open("c");
        assertThat(next.holdsLock()).isTrue();
        held(Operation.RELEASE).arrive();
        assertThat(world.server.lock("c")).contains(next.streamId());
        world.advanceSeconds(100);
        assertThat(next.holdsLock()).isTrue();
    }

    @Test
    void whatIsReleasedWhileThereIsNoConnectionIsReleasedWhenItIsBack() {
        OpenStream stream = pod.open("c");
        pod.store.goDown("test");
        stream.depart();
        world.advanceSeconds(30);
        assertThat(world.server.lock("c")).isPresent();
        pod.store.comeUp();
        world.advanceSeconds(1);
        assertThat(world.server.lock("c")).isEmpty();
    }
}
