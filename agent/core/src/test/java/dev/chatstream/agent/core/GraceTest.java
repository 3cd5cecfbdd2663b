package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A Stop always frees the chat. */
class GraceTest {

    private final World world = new World();
    private final Pod pod = world.pod();

    @Test
    void anAbortedStreamKeepsItsLockUntilItEnds() {
        OpenStream stream = pod.open("c");
        pod.guard.abortChat("c").join();
        world.advance(Duration.ofMillis(9_999));
        assertThat(stream.holdsLock()).isTrue();
        assertThat(world.server.lock("c")).contains(stream.streamId());
        stream.depart();
        assertThat(world.server.lock("c")).isEmpty();
        world.advanceSeconds(10);
        assertThat(pod.journal.ofKind("given-back")).isEmpty();
    }

    @Test
    void anAbortedStreamIsRenewedUntilItEnds() {
        Pod patient = world.pod(Tuned.with(s -> s.abortGrace = Duration.ofMinutes(10)));
        OpenStream stream = patient.open("c");
        patient.guard.abortChat("c").join();
        world.advanceSeconds(599);
        assertThat(stream.holdsLock()).isTrue();
    }

    @Test
    void afterTheGraceTheLockIsGivenBackThoughTheCodeStillRuns() {
        OpenStream stream = pod.open("c");
        pod.guard.abortChat("c").join();
        world.advanceSeconds(10);
        assertThat(stream.isOpen()).isTrue();
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.leaseRemaining()).isZero();
        assertThat(stream.fence()).isPositive();
        assertThat(world.server.lock("c")).isEmpty();
        assertThat(pod.open("c").holdsLock()).isTrue();
    }

    @Test
    void nothingIsRenewedAfterTheGraceAndTheEndReleasesNothingOfItsSuccessor() {
        OpenStream stream = pod.open("c");
        pod.guard.abortChat("c").join();
        world.advanceSeconds(10);
        long renewed = pod.store.count(Operation.RENEW);
        world.advanceSeconds(100);
        assertThat(pod.store.count(Operation.RENEW)).isEqualTo(renewed);
        OpenStream successor = pod.open("c");
        stream.depart();
        assertThat(world.server.lock("c")).contains(successor.streamId());
        assertThat(pod.store.count(Operation.RELEASE)).isEqualTo(1);
    }

    @Test
    void aWaiterGetsTheChatWhenTheGraceIsOver() {
        OpenStream stream = pod.open("c");
        pod.guard.abortChat("c").join();
        world.advanceSeconds(6);
        Attempt waiter = pod.call("c");
        world.advance(Duration.ofMillis(3_999));
        assertThat(waiter.isWaiting()).isTrue();
        world.advance(Duration.ofMillis(1));
        assertThat(waiter.stream().holdsLock()).isTrue();
        assertThat(waiter.stream().fence()).isGreaterThan(stream.fence());
    }

    @Test
    void aGraceOfZeroGivesTheLockBackAtOnce() {
        Pod strict = world.pod(Tuned.with(s -> s.abortGrace = Duration.ZERO));
        OpenStream stream = strict.open("c");
        strict.guard.abortChat("c").join();
        assertThat(stream.holdsLock()).isFalse();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void aSupersedersTimeoutEndsTheGraceEarlyWithOneLine() {
        OpenStream stream = pod.open("c");
        Attempt superseder = pod.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(5);
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(stream.holdsLock()).isFalse();
        assertThat(pod.journal.ofKind("given-back"))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("superseder's acquire-timeout"));
        world.advanceSeconds(30);
        assertThat(pod.journal.ofKind("given-back")).hasSize(1);
    }

    @Test
    void theGraceOfAStoppedStreamIsCutShortByASupersederToo() {
        OpenStream stream = pod.open("c");
        pod.guard.abortChat("c").join();
        world.advanceSeconds(1);
        Attempt superseder = pod.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(5);
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void aStreamWithoutALockGivesItsPlaceBack() {
        Pod alone = world.podAlone();
        OpenStream stream = alone.open("c");
        alone.guard.abortChat("c").join();
        world.advanceSeconds(10);
        assertThat(stream.isOpen()).isTrue();
        assertThat(alone.open("c").isOpen()).isTrue();
        assertThat(alone.journal.ofKind("given-back")).hasSize(1);
    }

    @Test
    void anAbortThatIsNotAStopHasTheSameGrace() {
        OpenStream stream = pod.open("c");
        stream.abort(AbortReason.CONSUMER_GONE, "test");
        world.advanceSeconds(10);
        assertThat(stream.holdsLock()).isFalse();
    }

    @Test
    void anAbortedStreamWhoseLockWasDeletedDoesNotTakeItAgain() {
        Pod patient = world.pod(Tuned.with(s -> s.abortGrace = Duration.ofMinutes(10)));
        OpenStream stream = patient.open("c");
        patient.guard.abortChat("c").join();
        world.server.deleteLock("c");
        world.advanceSeconds(30);
        assertThat(world.server.lock("c")).isEmpty();
        assertThat(stream.holdsLock()).isFalse();
        assertThat(patient.open("c").holdsLock()).isTrue();
    }
}
