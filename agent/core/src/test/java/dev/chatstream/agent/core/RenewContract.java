package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Again;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How every store keeps a chat. */
abstract class RenewContract extends AcquireContract {

    @Nested
    class ToRenew {
        @Test
        void aHeldLockIsRenewed() {
            Claim claim = claim("s1");
            long fence = won(claim);
            pass(TTL.dividedBy(2));

            assertThat(renew(claim, fence)).isEqualTo(new Renewal.Renewed());
            assertNear(outside().lockLeft(chat), TTL);
            assertNear(outside().recordLeft(chat), TTL.plus(GuardSettings.KEEP));
        }

        @Test
        void aLockThatIsGoneIsTakenAgainUnlessForbidden() {
            Claim claim = claim("s1");
            long fence = won(claim);
            outside().deleteLock(chat);

            assertThat(renew(claim, fence, Again.NEVER)).isEqualTo(new Renewal.Gone());
            assertThat(outside().lock(chat)).isEmpty();
            assertThat(renew(claim, fence, Again.UNLESS_ANOTHER_CAME)).isEqualTo(new Renewal.TakenAgain());
            assertThat(outside().lock(chat)).contains("s1");
            assertNear(outside().lockLeft(chat), TTL);
            assertThat(renew(claim, fence, Again.NEVER)).isEqualTo(new Renewal.Renewed());
        }

        @Test
        void aForgottenLockIsTakenAgainOnlyWhereForgettingDoesNotMatter() {
            Claim claim = claim("s1");
            long fence = won(claim);
            outside().deleteLock(chat);
            outside().deleteRecord(chat);

            assertThat(renew(claim, fence, Again.UNLESS_ANOTHER_CAME)).isEqualTo(new Renewal.Gone());
            assertThat(renew(claim, fence, Again.ALSO_WHEN_FORGOTTEN)).isEqualTo(new Renewal.TakenAgain());
            assertThat(renew(claim, fence, Again.NEVER)).isEqualTo(new Renewal.Renewed());
        }

        @Test
        void aLockThatAnotherTookAndGaveBackIsNotTakenAgain() {
            Claim first = claim("s1");
            long fence = won(first);
            outside().deleteLock(chat);
            Claim second = claim("s2");
            won(second);
            release(second);

            assertThat(renew(first, fence, Again.ALSO_WHEN_FORGOTTEN)).isEqualTo(new Renewal.Gone());
            assertThat(outside().lock(chat)).isEmpty();
        }

        @Test
        void anOlderRecordThanTheLeasesOwnCountsAsForgotten() {
            Claim old = claim("s0");
            long oldFence = won(old);
            release(old);

            assertThat(renew(claim("s1"), oldFence + 1, Again.UNLESS_ANOTHER_CAME))
                    .isEqualTo(new Renewal.Gone());
            assertThat(renew(claim("s1"), oldFence + 1, Again.ALSO_WHEN_FORGOTTEN))
                    .isEqualTo(new Renewal.TakenAgain());
        }

        @Test
        void aLockOfAnotherIsLostAndNotExtended() {
            Claim first = claim("s1");
            long fence = won(first);
            outside().deleteLock(chat);
            won(claim("s2"));
            pass(TTL.dividedBy(2));

            assertThat(renew(first, fence, Again.ALSO_WHEN_FORGOTTEN)).isEqualTo(new Renewal.Lost());
            assertNear(outside().lockLeft(chat), TTL.dividedBy(2));
        }

        @Test
        void anotherNonceOrFenceUnderTheSameIdIsLost() {
            Claim first = claim("s1");
            long fence = won(first);

            assertThat(renew(claim("s1"), fence)).isEqualTo(new Renewal.Lost());
            assertThat(renew(first, fence - 1)).isEqualTo(new Renewal.Lost());
        }

        @Test
        void aPlainPodThatTookTheSameIdIsNotExtended() {
            Claim claim = claim("s1");
            long fence = won(claim);
            pass(TTL.plusSeconds(1));
            outside().takeAsPlainPod(chat, "s1", TTL.dividedBy(2));

            assertThat(renew(claim, fence, Again.ALSO_WHEN_FORGOTTEN)).isEqualTo(new Renewal.Lost());
            assertNear(outside().lockLeft(chat), TTL.dividedBy(2));
        }

        @Test
        void aLockThatWasGivenBackIsGone() {
            Claim claim = claim("s1");
            long fence = won(claim);
            release(claim);

            assertThat(renew(claim, fence, Again.ALSO_WHEN_FORGOTTEN)).isEqualTo(new Renewal.Gone());
        }

        @Test
        void manyAreAnsweredInTheOrderOfTheQuestion() {
            List<Renewing> leases = IntStream.range(0, 700)
                    .mapToObj(i -> new Claim(chat + "-" + i, "s" + i, nonce()))
                    .map(claim -> new Renewing(claim, won(claim), Again.NEVER))
                    .toList();
            for (int i = 0; i < leases.size(); i += 7) {
                outside().deleteLock(leases.get(i).claim().chatId());
            }

            List<Renewal> answers = get(store().renew(leases));

            assertThat(answers).hasSameSizeAs(leases);
            for (int i = 0; i < leases.size(); i++) {
                assertThat(answers.get(i)).isEqualTo(i % 7 == 0 ? new Renewal.Gone() : new Renewal.Renewed());
            }
        }

        @Test
        void noneAreAnsweredByNone() {
            assertThat(get(store().renew(List.of()))).isEmpty();
        }
    }
}
