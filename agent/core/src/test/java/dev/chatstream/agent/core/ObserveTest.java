package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnMissingChatId;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** mode=observe. */
class ObserveTest {

    private final World world = new World();
    private final Pod pod = world.pod(Tuned.with(s -> s.mode = Mode.OBSERVE));
    private final Pod enforcing = world.pod();

    @Test
    void aFreeLockIsTakenAndKept() {
        OpenStream stream = pod.open("c");
        assertThat(world.server.lock("c")).contains(stream.streamId());
        world.advanceSeconds(120);
        assertThat(stream.holdsLock()).isTrue();
        stream.depart();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OnBusy.class)
    void aChatThatIsBusyHereIsEnteredAtOnceWithoutALockAndThatIsLoggedAndCounted(OnBusy onBusy) {
        OpenStream first = pod.open("c");
        OpenStream second = pod.call("c", null, onBusy).stream();
        assertThat(second.isOpen()).isTrue();
        assertThat(second.holdsLock()).isFalse();
        assertThat(second.fence()).isZero();
        assertThat(first.isAborted()).isFalse();
        assertThat(pod.journal.ofKind("would-be-busy"))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("observe", second.streamId()));
        assertThat(pod.guard.engine().tally().wouldBeBusy.sum()).isEqualTo(1);
        assertThat(pod.guard.engine().tally().busy.sum()).isZero();
    }

    @ParameterizedTest
    @EnumSource(OnBusy.class)
    void aChatThatIsBusyElsewhereIsEnteredAtOnceWithoutALock(OnBusy onBusy) {
        OpenStream there = enforcing.open("c");
        OpenStream here = pod.call("c", null, onBusy).stream();
        assertThat(here.holdsLock()).isFalse();
        world.advanceSeconds(30);
        assertThat(there.isAborted()).isFalse();
        assertThat(there.holdsLock()).isTrue();
        assertThat(pod.journal.ofKind("would-be-busy")).hasSize(1);
        here.depart();
        assertThat(world.server.lock("c")).contains(there.streamId());
    }

    @Test
    void theSameMessageTwiceIsLetIn() {
        pod.open("c", "m");
        assertThat(pod.call("c", "m").stream().isOpen()).isTrue();
        enforcing.open("d", "n");
        assertThat(pod.call("d", "n").stream().isOpen()).isTrue();
    }

    @Test
    void anEndThatHadNoLockLeavesTheHolderAlone() {
        OpenStream first = pod.open("c");
        OpenStream second = pod.call("c").stream();
        second.depart();
        assertThat(first.holdsLock()).isTrue();
        assertThat(pod.guard.owner("c").join()).contains(first.streamId());
        first.depart();
        assertThat(pod.open("c").holdsLock()).isTrue();
    }

    @Test
    void aStreamThatEnteredABusyChatNeverTakesItsLockLater() {
        OpenStream there = enforcing.open("c");
        OpenStream here = pod.call("c").stream();
        there.depart();
        world.advanceSeconds(30);
        assertThat(here.holdsLock()).isFalse();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void aMissingChatIdIsNotRejected() {
        Pod strict = world.pod(Tuned.with(s -> {
            s.mode = Mode.OBSERVE;
            s.onMissingChatId = OnMissingChatId.REJECT;
        }));
        assertThat(strict.guard.enter(OldMarkerTest.call(" ", "m")))
                .isInstanceOfSatisfying(Entry.Entered.class, Entry.Entered::leave);
    }

    @Test
    void aRedisThatCannotBeAskedIsNoReasonToReject() {
        Pod strict = world.pod(Tuned.with(s -> {
            s.mode = Mode.OBSERVE;
            s.onRedisDown = OnRedisDown.REJECT;
        }));
        strict.store.goDown("test");
        World.Attempt call = strict.call("c");
        world.advanceSeconds(2);
        assertThat(call.stream().isOpen()).isTrue();
        strict.store.comeUp();
        world.advanceSeconds(1);
        assertThat(call.stream().holdsLock()).isTrue();
    }

    @Test
    void aLostLockAbortsNobody() {
        OpenStream stream = pod.open("c");
        world.server.deleteLock("c");
        enforcing.open("c");
        world.advanceSeconds(30);
        assertThat(pod.journal.ofKind("lost")).hasSize(1);
        assertThat(stream.isAborted()).isFalse();
    }

    @Test
    void aSupersederOnAnotherPodAbortsNobodyAndTakesTheLockInTheEnd() {
        OpenStream stream = pod.open("c");
        World.Attempt superseder = enforcing.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(30);
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(stream.isAborted()).isFalse();
        assertThat(stream.holdsLock()).isFalse();
    }

    @Test
    void maxHoldAbortsNobody() {
        OpenStream stream = pod.open("c");
        world.advance(Duration.ofHours(2));
        assertThat(stream.isAborted()).isFalse();
        assertThat(stream.holdsLock()).isTrue();
    }

    @Test
    void stopsWorkWithAndWithoutALock() {
        OpenStream first = pod.open("c", "m");
        OpenStream second = pod.call("c", "n").stream();
        OpenStream third = pod.call("c", "o").stream();
        pod.guard.abort("n").join();
        assertThat(second.abortReason()).contains(AbortReason.STOPPED);
        assertThat(pod.guard.abortChat("c").join()).contains("m");
        assertThat(first.abortReason()).contains(AbortReason.STOPPED);
        assertThat(third.isAborted()).isFalse();
    }

    @Test
    void aStopOnAnotherPodReachesAStreamThatHasNoLock() {
        pod.open("c", "m");
        OpenStream here = pod.call("c", "n").stream();
        enforcing.open("d");
        OpenStream there = pod.call("d", "o").stream();
        world.advanceSeconds(1);
        enforcing.guard.abort("n").join();
        enforcing.guard.abort("o").join();
        world.advanceSeconds(1);
        assertThat(here.abortReason()).contains(AbortReason.STOPPED);
        assertThat(there.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void anOldMarkerStopsNobody() {
        pod.open("c");
        world.server.mark("n");
        OpenStream stream = pod.call("c", "n").stream();
        world.advanceSeconds(3);
        assertThat(stream.isAborted()).isFalse();
    }

    @Test
    void theShutdownAbortsAndReleasesAsEver() {
        OpenStream first = pod.open("c");
        OpenStream second = pod.call("c").stream();
        pod.guard.shutdown();
        assertThat(first.abortReason()).contains(AbortReason.SHUTDOWN);
        assertThat(second.abortReason()).contains(AbortReason.SHUTDOWN);
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void nothingIsAskedOfTheHolder() {
        enforcing.open("c");
        pod.call("c", null, OnBusy.SUPERSEDE).stream();
        assertThat(pod.store.count(Operation.ASK) + pod.store.count(Operation.MARK))
                .isZero();
    }
}
