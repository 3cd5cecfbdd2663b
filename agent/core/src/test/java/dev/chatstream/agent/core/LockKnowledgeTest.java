package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnLost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a stream tells of its lock: {@code fence}, {@code holdsLock} and {@code leaseRemaining}. */
class LockKnowledgeTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    private static void hasNone(GuardedStream stream) {
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.leaseRemaining()).isEqualTo(Duration.ZERO);
    }

    @Test
    void theRemainingTimeCountsDownFromTheLastRenewal() {
        OpenStream stream = pod.open("c");
        assertThat(stream.leaseRemaining()).isEqualTo(World.TTL);
        world.advanceSeconds(7);
        assertThat(stream.leaseRemaining()).isEqualTo(World.TTL.minusSeconds(7));
        world.advanceSeconds(13);
        assertThat(stream.leaseRemaining()).isGreaterThan(World.TTL.minusSeconds(2));
    }

    @Test
    void aLeaseThatIsNotRenewedRunsOutToTheNanosecond() {
        OpenStream stream = pod.open("c");
        long fence = stream.fence();
        pod.paused = true;
        world.advance(World.TTL.minusNanos(1));
        assertThat(stream.holdsLock()).isTrue();
        assertThat(stream.leaseRemaining()).isEqualTo(Duration.ofNanos(1));
        world.advance(Duration.ofNanos(1));
        hasNone(stream);
        world.advanceSeconds(1000);
        hasNone(stream);
        assertThat(stream.fence()).isEqualTo(fence);
    }

    @Test
    void theFenceIsKeptAfterTheEnd() {
        OpenStream stream = pod.open("c");
        long fence = stream.fence();
        assertThat(fence).isPositive();
        stream.depart();
        hasNone(stream);
        assertThat(stream.fence()).isEqualTo(fence);
    }

    @Test
    void theFenceIsKeptAfterALoss() {
        OpenStream stream =
                pod.call(new Call(new Call.Rule("m", null, null, OnLost.CONTINUE, true), "c", null, null)).stream();
        long fence = stream.fence();
        world.server.deleteLock("c");
        world.server.takeAsPlainPod("c", "node", World.TTL);
        world.advance(World.HEARTBEAT);
        assertThat(stream.isOpen()).isTrue();
        hasNone(stream);
        assertThat(stream.fence()).isEqualTo(fence);
    }

    @Test
    void theFenceIsKeptAfterTheLockWasGivenBack() {
        OpenStream stream = pod.open("c");
        long fence = stream.fence();
        pod.guard.abortChat("c").join();
        assertThat(stream.holdsLock()).as("until the grace ends").isTrue();
        world.advanceSeconds(10);
        assertThat(stream.isOpen()).isTrue();
        hasNone(stream);
        assertThat(stream.fence()).isEqualTo(fence);
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void fencesGrowWithEveryStreamThatGetsTheChatOnAnyPod() {
        World.Pod other = world.pod();
        long last = 0;
        for (int i = 0; i < 50; i++) {
            OpenStream stream = (i % 3 == 0 ? other : pod).open("c");
            assertThat(stream.fence()).isGreaterThan(last);
            last = stream.fence();
            stream.depart();
        }
    }

    @Test
    void whereThereNeverWasALockTheFenceIsZero() {
        OpenStream alone = world.podAlone().open("c");
        hasNone(alone);
        assertThat(alone.fence()).isZero();
        alone.depart();
        assertThat(alone.fence()).isZero();
    }

    @Test
    void aStreamThatJoinsLaterHasItsFenceFromThenOn() {
        World.Pod cut = world.unconnectedPod("refused");
        World.Attempt attempt = cut.call("c");
        world.advanceSeconds(2);
        OpenStream stream = attempt.stream();
        assertThat(stream.fence()).isZero();
        hasNone(stream);
        cut.store.comeUp();
        world.advanceSeconds(1);
        assertThat(stream.fence()).isPositive();
        assertThat(stream.holdsLock()).isTrue();
    }
}
