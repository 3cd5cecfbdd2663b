package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.Network.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RenewalTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private List<Long> secondsOf(Operation operation) {
        List<Long> sent = new ArrayList<>();
        long start = world.now();
        pod.store.faults(s -> {
            if (s.operation() == operation) {
                sent.add((world.now() - start) / 1_000_000_000);
            }
            return Fate.APPLY;
        });
        return sent;
    }

    @Test
    void theHeartbeatRenewsEachHeartbeatAtTheLatestAndTheLockNeverRunsOut() {
        List<Long> renewals = secondsOf(Operation.RENEW);
        OpenStream stream = pod.open("c");
        for (int second = 0; second < 300; second++) {
            world.advanceSeconds(1);
            assertThat(stream.leaseRemaining()).isGreaterThanOrEqualTo(World.TTL.minus(World.HEARTBEAT));
            assertThat(world.server.lockLeft("c")).isGreaterThanOrEqualTo(stream.leaseRemaining());
        }
        assertThat(renewals.getFirst()).isBetween(19L, 20L);
        for (int i = 1; i < renewals.size(); i++) {
            assertThat(renewals.get(i) - renewals.get(i - 1)).isBetween(19L, 20L);
        }
    }

    @Test
    void anAcquireThatIsAnsweredLateCountsFromItsSend() {
        pod.network.delays(sent -> new Delay(Duration.ofMillis(1900), Duration.ZERO));
        World.Attempt attempt = pod.call("c");
        world.advanceSeconds(2);
        assertThat(attempt.stream().leaseRemaining()).isEqualTo(seconds(58));
        assertThat(world.server.lockLeft("c")).isGreaterThan(seconds(59));
    }

    @Test
    void aRenewalThatIsAnsweredLateCountsFromItsSend() {
        OpenStream stream = pod.open("c");
        world.advanceSeconds(18);
        pod.network.delays(sent -> new Delay(Duration.ofMillis(500), Duration.ofMillis(1400)));
        world.advance(Duration.ofMillis(2900)); // sent at 19, answered at 20.9
        assertThat(stream.leaseRemaining()).isEqualTo(Duration.ofMillis(58_100));
    }

    @ParameterizedTest
    @EnumSource(Failure.Kind.class)
    void aFailedRenewalIsTriedAgainAtEachTickAndIsNotALoss(Failure.Kind kind) {
        OpenStream stream = pod.open("c");
        world.advanceSeconds(18);
        long before = pod.store.count(Operation.RENEW);
        pod.store.faults(
                sent -> sent.operation() == Operation.RENEW ? new Fate.Fail(new Failure(kind, "test")) : Fate.APPLY);
        world.advanceSeconds(5);
        assertThat(pod.store.count(Operation.RENEW) - before).isEqualTo(5);
        assertThat(stream.holdsLock()).isTrue();
        assertThat(pod.journal.ofKind("lost")).isEmpty();
        pod.network.heal();
        world.advanceSeconds(1);
        assertThat(stream.leaseRemaining()).isEqualTo(World.TTL);
        world.advanceSeconds(10);
        assertThat(pod.store.count(Operation.RENEW) - before)
                .as("back to the heartbeat")
                .isEqualTo(6);
    }

    @Test
    void aRenewalWithoutAnAnswerIsTriedAgainUntilTheDeadlineAndAfterIt() {
        OpenStream stream = pod.open("c");
        pod.store.faults(sent -> sent.operation() == Operation.RENEW ? Fate.ARRIVE_LATE : Fate.APPLY);
        world.advanceSeconds(59);
        assertThat(stream.holdsLock()).isTrue();
        world.advanceSeconds(2);
        assertThat(stream.holdsLock()).isFalse();
        assertThat(pod.store.count(Operation.RENEW)).isBetween(42L, 43L);
        assertThat(stream.abortReason()).as("the policy is to degrade").isEmpty();
    }

    @Test
    void onlyOneRenewalAndOnePollAreInFlightHoweverSlowTheStoreIs() {
        OpenStream stream = pod.open("c");
        pod.store.faults(sent -> Fate.HOLD);
        world.advanceSeconds(100);
        assertThat(pod.store.count(Operation.RENEW)).isEqualTo(1);
        assertThat(pod.store.held().stream().filter(held -> held.sent().operation() == Operation.MARKED))
                .hasSize(1);
        assertThat(pod.store.held()).hasSize(2);
        pod.store.faults(null);
        List.copyOf(pod.store.held()).forEach(HeldOperation::answer);
        assertThat(stream.isOpen()).isTrue();
        long polls = pod.store.count(Operation.MARKED);
        world.advanceSeconds(3);
        assertThat(pod.store.count(Operation.MARKED) - polls).isEqualTo(3);
    }

    @Test
    void aStoreThatAnswersEachTimeJustInTimeKeepsTheLockAlive() {
        OpenStream stream = pod.open("c");
        pod.network.delays(sent -> new Delay(Duration.ofMillis(1000), Duration.ofMillis(990)));
        for (int second = 0; second < 200; second++) {
            world.advanceSeconds(1);
            assertThat(stream.holdsLock()).isTrue();
        }
        assertThat(pod.journal.lines()).noneMatch(line -> line.level() == Journal.Level.WARN);
    }

    @Test
    void everyRenewalCarriesTheFenceOfItsAcquire() {
        OpenStream stream = pod.open("c");
        long fence = stream.fence();
        world.advanceSeconds(100);
        assertThat(stream.fence()).isEqualTo(fence);
        stream.depart();
        assertThat(stream.fence()).as("kept after the lock is gone").isEqualTo(fence);
        assertThat(pod.open("c").fence()).isGreaterThan(fence);
    }

    @Test
    void aStreamThatHasEndedIsNotRenewed() {
        OpenStream stream = pod.open("c");
        world.advanceSeconds(25);
        stream.depart();
        long renewals = pod.store.count(Operation.RENEW);
        world.advanceSeconds(100);
        assertThat(pod.store.count(Operation.RENEW)).isEqualTo(renewals);
        assertThat(pod.guard.engine().heartbeat().isIdle()).isTrue();
    }
}
