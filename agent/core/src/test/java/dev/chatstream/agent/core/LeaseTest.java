package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Again;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Failure SILENT = new Failure(Failure.Kind.NO_ANSWER, "test");
    private static final Failure NOT_SENT = new Failure(Failure.Kind.NOT_SENT, "test");

    private final Lease lease = new Lease(new Claim("c", "s", "n"), RenewalPlan.Terms.of(World.DEFAULTS));

    private void win(long sentAt) {
        lease.beginsAcquire(sentAt);
        assertThat(lease.acquired(new Acquisition.Won(7, false), sentAt)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 10, Long.MIN_VALUE, -5})
    void theDeadlineIsOneTtlAfterTheTimeJustBeforeTheSend(long sentAt) {
        win(sentAt);
        assertThat(lease.remaining(sentAt + 59 * SECOND)).isEqualTo(SECOND);
        assertThat(lease.remaining(sentAt + 60 * SECOND)).isZero();
    }

    @Test
    void aRenewalMovesTheDeadlineToOneTtlAfterItsOwnSendHoweverLateItsAnswer() {
        win(0);
        assertThat(lease.due(20 * SECOND, false)).isNotNull();
        lease.renewed(new Renewal.Renewed(), 20 * SECOND, 70 * SECOND);
        assertThat(lease.remaining(70 * SECOND)).isEqualTo(10 * SECOND);
    }

    @Test
    void aRenewalNamesTheClaimAndTheFence() {
        win(0);
        var request = lease.due(20 * SECOND, false);
        assertThat(request.claim()).isEqualTo(new Claim("c", "s", "n"));
        assertThat(request.fence()).isEqualTo(7);
        assertThat(request.again()).isEqualTo(Again.ALSO_WHEN_FORGOTTEN);
    }

    @Test
    void noRenewalIsDueBeforeTheLastTickBeforeTheHeartbeat() {
        win(0);
        assertThat(lease.due(19 * SECOND - 1, false)).isNull();
        assertThat(lease.due(19 * SECOND, false)).isNotNull();
    }

    @Test
    void neverTwoRenewalsAreUnderWay() {
        win(0);
        assertThat(lease.due(20 * SECOND, false)).isNotNull();
        lease.renewalSent();
        assertThat(lease.due(50 * SECOND, false)).isNull();
        lease.renewed(SILENT, 20 * SECOND, 51 * SECOND);
        assertThat(lease.due(51 * SECOND, false)).isNotNull();
    }

    @Test
    void unknownIsNotLost() {
        win(0);
        lease.due(20 * SECOND, false);
        assertThat(lease.renewed(SILENT, 20 * SECOND, 22 * SECOND)).isInstanceOf(Lease.Change.None.class);
        assertThat(lease.remaining(22 * SECOND)).isEqualTo(38 * SECOND);
    }

    @Test
    void aLostLeaseNeverComesBackAndIsStillToBeReleased() {
        win(0);
        lease.due(20 * SECOND, false);
        assertThat(lease.renewed(new Renewal.Lost(), 20 * SECOND, 20 * SECOND))
                .isEqualTo(new Lease.Change.Lost(Lease.Loss.TO_ANOTHER));
        assertThat(lease.isLost()).isTrue();
        assertThat(lease.due(40 * SECOND, false)).isNull();
        assertThat(lease.beginsAcquire(40 * SECOND)).isFalse();
        assertThat(lease.renewed(new Renewal.Renewed(), 20 * SECOND, 41 * SECOND))
                .isInstanceOf(Lease.Change.None.class);
        assertThat(lease.remaining(41 * SECOND)).isZero();
        assertThat(lease.fence()).as("kept after the lock is gone").isEqualTo(7);
        assertThat(lease.close()).as("still releases").isTrue();
    }

    @Test
    void whatIsWonAfterTheCloseIsNotHeld() {
        lease.beginsAcquire(0);
        assertThat(lease.close()).isTrue();
        assertThat(lease.acquired(new Acquisition.Won(7, false), 0)).isFalse();
        assertThat(lease.remaining(1)).isZero();
        assertThat(lease.sends().isNothing())
                .as("there is something to release")
                .isFalse();
    }

    @Test
    void afterTheCloseNothingThatMayTakeTheLockGoesOut() {
        win(0);
        lease.close();
        assertThat(lease.due(20 * SECOND, false)).isNull();
        assertThat(lease.beginsAcquire(20 * SECOND)).isFalse();
    }

    @Test
    void anAnswerThatComesAfterTheCloseChangesNothing() {
        win(0);
        lease.due(20 * SECOND, false);
        lease.close();
        assertThat(lease.renewed(new Renewal.Renewed(), 20 * SECOND, 20 * SECOND))
                .isInstanceOf(Lease.Change.None.class);
        assertThat(lease.renewed(new Renewal.Superseded(), 20 * SECOND, 20 * SECOND))
                .isInstanceOf(Lease.Change.None.class);
        assertThat(lease.isClosed()).isTrue();
    }

    @Test
    void nothingIsToBeReleasedWhereNoSendCanHaveTakenTheLock() {
        lease.beginsAcquire(0);
        lease.acquired(new Acquisition.Busy(new Holder("o", "m"), false), 0);
        lease.beginsAcquire(1);
        lease.acquired(NOT_SENT, 1);
        lease.beginsAcquire(2);
        lease.acquired(new Failure(Failure.Kind.REFUSED, "OOM"), 2);
        assertThat(lease.sends().isNothing()).isTrue();
        lease.beginsAcquire(3);
        assertThat(lease.sends().isNothing()).as("one is under way").isFalse();
        lease.acquired(SILENT, 3);
        assertThat(lease.sends().isNothing()).as("it may have been applied").isFalse();
    }

    @Test
    void whatWasNeverAnsweredCanTakeTheLockUntilOneTtlAfterTheLastSend() {
        lease.beginsAcquire(0);
        lease.acquired(SILENT, 0);
        lease.beginsAcquire(10 * SECOND);
        lease.acquired(NOT_SENT, 10 * SECOND);
        assertThat(lease.sends().allAnswered()).isFalse();
        assertThat(lease.sends().isExpired(70 * SECOND)).isFalse();
        assertThat(lease.sends().isExpired(70 * SECOND + 1)).isTrue();
    }

    @Test
    void lossAndCloseFromManyThreadsAreDecidedOnce() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            Lease raced = new Lease(new Claim("c", "s", "n"), RenewalPlan.Terms.of(World.DEFAULTS));
            raced.beginsAcquire(0);
            raced.acquired(new Acquisition.Won(1, false), 0);
            AtomicInteger closes = new AtomicInteger();
            AtomicInteger losses = new AtomicInteger();
            CountDownLatch begin = new CountDownLatch(1);
            var threads = IntStream.range(0, 4)
                    .mapToObj(i -> Thread.ofPlatform().start(() -> {
                        awaitQuietly(begin);
                        if (i % 2 == 0 && raced.close()) {
                            closes.incrementAndGet();
                        } else if (i % 2 == 1 && raced.lose(Lease.Loss.GONE) instanceof Lease.Change.Lost) {
                            losses.incrementAndGet();
                        }
                    }))
                    .toList();
            begin.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(closes).hasValue(1);
            assertThat(losses).hasValueLessThanOrEqualTo(1);
            assertThat(raced.isClosed()).isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
