package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.Network.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Streams that entered without Redis. */
class DegradedTest {

    private final World world = new World();
    private final World.Pod one = world.pod();
    private final World.Pod two = world.pod();

    private OpenStream degraded(World.Pod pod, String chatId) {
        pod.store.goDown("test");
        World.Attempt attempt = pod.call(chatId);
        world.advanceSeconds(2);
        return attempt.stream();
    }

    @Test
    void itsFenceIsZeroUntilItJoinsAndThenThatOfItsOwnAcquire() {
        OpenStream stream = degraded(one, "c");
        assertThat(stream.fence()).isZero();
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.leaseRemaining()).isZero();
        long before = two.open("d").fence();
        one.store.comeUp();
        world.advanceSeconds(1);
        assertThat(stream.fence()).isGreaterThan(before);
        assertThat(stream.holdsLock()).isTrue();
        assertThat(one.journal.ofKind("joined")).hasSize(1);
        world.advanceSeconds(100);
        assertThat(stream.holdsLock()).as("renewed as any other").isTrue();
    }

    @Test
    void anotherOwnerFoundThenMeansLost() {
        OpenStream stream = degraded(one, "c");
        OpenStream other = two.open("c");
        one.store.comeUp();
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.LOCK_LOST);
        assertThat(stream.fence()).as("there never was a lock").isZero();
        assertThat(other.holdsLock()).isTrue();
        other.depart();
        world.advanceSeconds(100);
        assertThat(stream.holdsLock()).as("it never joins again").isFalse();
    }

    @Test
    void ofTwoDegradedPodsTheFirstToJoinKeepsTheChat() {
        OpenStream first = degraded(one, "c");
        OpenStream second = degraded(two, "c");
        two.store.comeUp();
        world.advanceSeconds(1);
        one.store.comeUp();
        world.advanceSeconds(1);
        assertThat(second.holdsLock()).isTrue();
        assertThat(second.isAborted()).isFalse();
        assertThat(first.abortReason()).contains(AbortReason.LOCK_LOST);
    }

    @Test
    void underContinueTheLoserRunsOnWithoutALock() {
        World.Pod easy = world.pod(Tuned.with(s -> s.onLost = OnLost.CONTINUE));
        OpenStream stream = degraded(easy, "c");
        two.open("c");
        easy.store.comeUp();
        world.advanceSeconds(1);
        assertThat(stream.isAborted()).isFalse();
        assertThat(stream.holdsLock()).isFalse();
        assertThat(easy.journal.ofKind("lost")).hasSize(1);
    }

    @Test
    void maxHoldCountsForItToo() {
        OpenStream stream = degraded(one, "c");
        world.advance(Duration.ofHours(1).minusSeconds(1));
        assertThat(stream.isAborted()).isFalse();
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.MAX_HOLD);
    }

    @Test
    void oneWhoseMarkerLiesOnAnotherNodeAsksItsOwnNodeForASignOfLife() {
        World.Pod pod = world.podWithLanes(2);
        String here = idIn(pod, "memory-0");
        pod.network.ordered(false);
        pod.network.delays(sent -> sent.ids().stream()
                        .anyMatch(id -> id.equals("memory-0")
                                || pod.store.laneOfChat(id).equals("memory-0"))
                ? Delay.SILENCE
                : Delay.NONE);
        World.Attempt attempt = pod.call(here, idIn(pod, "memory-1"));
        world.advanceSeconds(30);
        assertThat(attempt.stream().holdsLock()).isFalse();
        pod.network.heal();
        world.advanceSeconds(4);
        assertThat(attempt.stream().holdsLock()).isTrue();
    }

    private static String idIn(World.Pod pod, String lane) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "id " + i)
                .filter(id -> pod.store.laneOfChat(id).equals(lane))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anAbortedOneDoesNotJoin() {
        OpenStream stream = degraded(one, "c");
        stream.abort(AbortReason.STOPPED, "test");
        one.store.comeUp();
        world.advanceSeconds(5);
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void oneThatEndsBeforeItJoinsReleasesNothing() {
        OpenStream stream = degraded(one, "c");
        stream.depart();
        one.store.comeUp();
        world.advanceSeconds(5);
        assertThat(one.store.count(Operation.RELEASE)).isZero();
        assertThat(one.store.count(Operation.ACQUIRE)).isZero();
    }

    @Test
    void oneWhoseAcquireWasAppliedWithoutAnAnswerFindsItsOwnLock() {
        one.network.delays(sent -> Delay.DEAF);
        World.Attempt attempt = one.call("c");
        world.advanceSeconds(2);
        OpenStream stream = attempt.stream();
        assertThat(world.server.lock("c")).contains(stream.streamId());
        assertThat(stream.holdsLock()).isFalse();
        one.network.heal();
        world.advanceSeconds(4); // what was under way when Redis came back is not answered any more
        assertThat(stream.holdsLock()).isTrue();
        assertThat(world.server.lockLeft("c"))
                .as("the retry restarts the time to live")
                .isGreaterThanOrEqualTo(stream.leaseRemaining());
        stream.depart();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void oneWhoseAcquireIsAnsweredJustAfterItActedOnThePolicyHoldsItsLock() {
        one.store.faults(sent -> sent.ids().contains("slow") ? Fate.HOLD : Fate.ARRIVE_LATE);
        World.Attempt attempt = one.call("slow");
        one.call("dead"); // the lane is silent now
        OpenStream stream = attempt.stream();
        assertThat(stream.holdsLock()).isFalse();
        one.store.held().remove().answer();
        assertThat(stream.holdsLock()).isTrue();
        assertThat(stream.fence()).isPositive();
    }

    @Test
    void onlyOneAcquireOfItIsInFlight() {
        OpenStream stream = degraded(one, "c");
        one.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        one.store.comeUp();
        world.advanceSeconds(20);
        assertThat(one.store.count(Operation.ACQUIRE)).isEqualTo(1);
        one.store.held().remove().answer();
        assertThat(stream.holdsLock()).isTrue();
    }

    @Test
    void thousandsJoinWithinATick() {
        one.store.goDown("test");
        world.advanceSeconds(2);
        var streams =
                IntStream.range(0, 2000).mapToObj(i -> one.open("chat " + i)).toList();
        one.store.comeUp();
        world.advanceSeconds(1);
        assertThat(streams).allMatch(OpenStream::holdsLock);
        assertThat(one.journal.ofKind("redis-down")).hasSize(1);
    }

    /** The first two tries go wrong, each in its own way. */
    @Test
    void oneWhoseJoiningGoesWrongTriesAgainAtTheNextTick() {
        AtomicInteger asked = new AtomicInteger();
        StreamGuard guard = new StreamGuard(
                World.DEFAULTS,
                new WinningStore() {
                    @Override
                    public CompletableFuture<Acquisition> acquire(Claim claim, @Nullable Holder over, boolean look) {
                        return switch (asked.getAndIncrement()) {
                            case 0 -> CompletableFuture.completedFuture(new Failure(Failure.Kind.REFUSED, "OOM"));
                            case 1 -> throw new IllegalStateException("thrown by the store");
                            case 2 -> CompletableFuture.failedFuture(new IllegalStateException("in its future"));
                            default -> super.acquire(claim, over, look);
                        };
                    }
                },
                one.journal,
                world::now);
        Entry.Entered method = Methods.enter(guard, "c");
        for (int tick = 1; tick <= 3; tick++) {
            assertThat(method.stream().holdsLock()).isFalse();
            guard.engine().pacemaker().untilDue();
            world.advance(World.TICK);
            guard.engine().pacemaker().runDue();
        }
        assertThat(method.stream().holdsLock()).isTrue();
        assertThat(one.journal.ofKind("own-fault")).hasSize(1);
        method.leave();
    }
}
