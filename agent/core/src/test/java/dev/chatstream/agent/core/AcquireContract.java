package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How every store takes a chat. */
abstract class AcquireContract extends StoreContract {

    @Nested
    class ToAcquire {
        @Test
        void aFreeChatIsWon() {
            Claim claim = claim("s1");

            assertThat(won(claim)).isPositive();

            assertThat(outside().lock(chat)).contains("s1");
            assertNear(outside().lockLeft(chat), TTL);
            assertNear(outside().recordLeft(chat), TTL.plus(GuardSettings.KEEP));
        }

        @Test
        void aHeldChatIsBusyAndNamesItsHolder() {
            Claim first = claim("s1");
            won(first);

            assertThat(acquire(claim("s2"))).isEqualTo(new Acquisition.Busy(holder(first), false));
            assertThat(outside().lock(chat)).contains("s1");
        }

        @Test
        void theSameStreamIdWithAnotherNonceIsAnotherStream() {
            Claim first = claim("s1");
            won(first);

            assertThat(acquire(claim("s1"))).isEqualTo(new Acquisition.Busy(holder(first), false));
        }

        @Test
        void aRetryRestartsTheTtlAndKeepsTheFence() {
            Claim claim = claim("s1");
            long fence = won(claim);
            pass(TTL.dividedBy(2));

            assertThat(won(claim)).isEqualTo(fence);
            assertNear(outside().lockLeft(chat), TTL);
        }

        @Test
        void aRetryAfterTheLockRanOutKeepsTheFenceWhereNobodyCame() {
            Claim claim = claim("s1");
            long fence = won(claim);
            pass(TTL.plusSeconds(1));

            assertThat(won(claim)).isEqualTo(fence);
        }

        @Test
        void aLateCopyAfterTheReleaseIsSpentAndTakesNothing() {
            Claim claim = claim("s1");
            won(claim);
            release(claim);

            assertThat(acquire(claim)).isEqualTo(new Acquisition.Spent());
            assertThat(outside().lock(chat)).isEmpty();
        }

        @Test
        void fencesGrowWithEveryStream() {
            long last = 0;
            for (int i = 0; i < 20; i++) {
                Claim claim = claim("s" + i);
                long fence = won(claim);
                assertThat(fence).isGreaterThan(last);
                last = fence;
                release(claim);
            }
        }

        @Test
        void aPlainHolderHasNoNonceThoughItTookTheIdOfAStreamThatRanOut() {
            won(claim("s1"));
            pass(TTL.plusSeconds(1));
            assertThat(outside().takeAsPlainPod(chat, "s1", TTL)).isTrue();

            assertThat(acquire(claim("s2"))).isEqualTo(new Acquisition.Busy(new Holder("s1", Holder.PLAIN), false));
        }

        @Test
        void aPlainPodFindsTheChatTaken() {
            won(claim("s1"));

            assertThat(outside().takeAsPlainPod(chat, "s2", TTL)).isFalse();
        }

        @Test
        void theHolderToOverruleIsOverruled() {
            Claim first = claim("s1");
            Claim second = claim("s2");
            long fence = won(first);

            assertThat(overrule(second, holder(first)))
                    .isInstanceOfSatisfying(
                            Acquisition.Won.class,
                            won -> assertThat(won.fence()).isGreaterThan(fence));
            assertThat(renew(first, fence)).isEqualTo(new Renewal.Superseded());
            assertThat(outside().lock(chat)).contains("s2");
        }

        @Test
        void aPlainHolderIsOverruled() {
            outside().takeAsPlainPod(chat, "node", TTL);

            assertThat(overrule(claim("s2"), new Holder("node", Holder.PLAIN))).isInstanceOf(Acquisition.Won.class);
            assertThat(outside().lock(chat)).contains("s2");
        }

        @Test
        void anyOtherHolderThanTheOneToOverruleIsRespected() {
            Claim first = claim("s1");
            won(first);

            assertThat(overrule(claim("s2"), new Holder("s1", "other-nonce")))
                    .isEqualTo(new Acquisition.Busy(holder(first), false));
            assertThat(overrule(claim("s2"), new Holder("s1", Holder.PLAIN)))
                    .isEqualTo(new Acquisition.Busy(holder(first), false));
            assertThat(overrule(claim("s2"), new Holder("s0", first.nonce())))
                    .isEqualTo(new Acquisition.Busy(holder(first), false));
        }

        @Test
        void theMarkerIsLookedForOnlyWhereAsked() {
            outside().mark("s1");

            assertThat(get(store().acquire(claim("s1"), null, true)))
                    .isInstanceOfSatisfying(
                            Acquisition.Won.class,
                            won -> assertThat(won.markerFound()).isTrue());
            assertThat(get(store().acquire(claim("s1"), null, true)))
                    .isInstanceOfSatisfying(
                            Acquisition.Busy.class,
                            busy -> assertThat(busy.markerFound()).isTrue());
            assertThat(get(store().acquire(claim("s2"), null, true)))
                    .isInstanceOfSatisfying(
                            Acquisition.Busy.class,
                            busy -> assertThat(busy.markerFound()).isFalse());
            assertThat(get(store().acquire(claim("s1"), null, false)))
                    .isInstanceOfSatisfying(
                            Acquisition.Busy.class,
                            busy -> assertThat(busy.markerFound()).isFalse());
            assertThat(outside().marked("s1")).isTrue();
        }
    }
}
