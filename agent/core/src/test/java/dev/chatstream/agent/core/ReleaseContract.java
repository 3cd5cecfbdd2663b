package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Asked;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Released;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Standing;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How every store gives a chat back, and asks for one. */
abstract class ReleaseContract extends RenewContract {

    @Nested
    class ToRelease {
        @Test
        void aHeldLockIsDeletedAndItsRecordStays() {
            Claim claim = claim("s1");
            won(claim);

            assertThat(release(claim)).isEqualTo(new Released.Deleted());
            assertThat(outside().lock(chat)).isEmpty();
            assertNear(outside().recordLeft(chat), GuardSettings.KEEP);
        }

        @Test
        void aSecondReleaseIsOther() {
            Claim claim = claim("s1");
            won(claim);
            release(claim);

            assertThat(release(claim)).isEqualTo(new Released.Other());
        }

        @Test
        void aLockThatRanOutIsGone() {
            Claim claim = claim("s1");
            won(claim);
            pass(TTL.plusSeconds(1));

            assertThat(release(claim)).isEqualTo(new Released.Gone());
            assertThat(acquire(claim)).isEqualTo(new Acquisition.Spent());
        }

        @Test
        void anotherStreamsLockStays() {
            Claim first = claim("s1");
            Claim second = claim("s1");
            won(first);
            overrule(second, holder(first));

            assertThat(release(first)).isEqualTo(new Released.Other());
            assertThat(outside().lock(chat)).contains("s1");
        }

        @Test
        void aPlainPodsLockUnderTheSameIdStays() {
            Claim claim = claim("s1");
            won(claim);
            pass(TTL.plusSeconds(1));
            outside().takeAsPlainPod(chat, "s1", TTL);

            assertThat(release(claim)).isEqualTo(new Released.Gone());
            assertThat(outside().lock(chat)).contains("s1");
        }

        @Test
        void theMarkerGoesOnlyWhereAsked() {
            Claim first = claim("s1");
            outside().mark("s1");
            won(first);
            release(first);
            assertThat(outside().marked("s1")).isTrue();

            Claim second = claim("s1");
            won(second);
            assertThat(get(store().release(List.of(new Releasing(second, true)))))
                    .containsExactly(new Released.Deleted());
            awaitUnmarked("s1");
        }

        @Test
        void manyAreAnsweredInTheOrderOfTheQuestion() {
            List<Releasing> claims = IntStream.range(0, 300)
                    .mapToObj(i -> new Claim(chat + "-" + i, "s" + i, nonce()))
                    .map(claim -> new Releasing(claim, false))
                    .toList();
            for (int i = 0; i < claims.size(); i += 2) {
                won(claims.get(i).claim());
            }

            List<Released> answers = get(store().release(claims));

            for (int i = 0; i < claims.size(); i++) {
                assertThat(answers.get(i)).isEqualTo(i % 2 == 0 ? new Released.Deleted() : new Released.Other());
            }
        }

        @Test
        void noneAreAnsweredByNone() {
            assertThat(get(store().release(List.of()))).isEmpty();
        }
    }

    @Nested
    class ToSupersede {
        @Test
        void theHolderIsToldByItsRecordAndKeepsItsTtl() {
            Claim claim = claim("s1");
            won(claim);
            pass(TTL.dividedBy(2));

            assertThat(get(store().ask(chat, holder(claim)))).isEqualTo(new Asked.Told());
            assertThat(get(store().standing(claim))).isEqualTo(new Standing.MineButAsked());
            assertNear(outside().recordLeft(chat), TTL.dividedBy(2).plus(GuardSettings.KEEP));
        }

        @Test
        void aHolderThatWasAskedStillRenewsAndReleases() {
            Claim claim = claim("s1");
            long fence = won(claim);
            get(store().ask(chat, holder(claim)));

            assertThat(renew(claim, fence)).isEqualTo(new Renewal.Renewed());
            assertThat(get(store().standing(claim))).isEqualTo(new Standing.MineButAsked());
            assertThat(release(claim)).isEqualTo(new Released.Deleted());
        }

        @Test
        void aHolderWithoutARecordIsPlain() {
            outside().takeAsPlainPod(chat, "node", TTL);

            assertThat(get(store().ask(chat, new Holder("node", Holder.PLAIN)))).isEqualTo(new Asked.Plain());
        }

        @Test
        void anotherHolderOrNobodyHasMoved() {
            assertThat(get(store().ask(chat, new Holder("s1", "n1")))).isEqualTo(new Asked.Moved());
            Claim claim = claim("s1");
            won(claim);

            assertThat(get(store().ask(chat, new Holder("s1", "n1")))).isEqualTo(new Asked.Moved());
            assertThat(get(store().ask(chat, new Holder("s1", Holder.PLAIN)))).isEqualTo(new Asked.Moved());
            assertThat(get(store().ask(chat, new Holder("s0", claim.nonce())))).isEqualTo(new Asked.Moved());
            release(claim);
            assertThat(get(store().ask(chat, holder(claim)))).isEqualTo(new Asked.Moved());
        }

        @Test
        void standingSaysWhetherTheRecordIsTheClaims() {
            Claim first = claim("s1");
            assertThat(get(store().standing(first))).isEqualTo(new Standing.NoRecord());
            won(first);
            assertThat(get(store().standing(first))).isEqualTo(new Standing.Mine());
            assertThat(get(store().standing(claim("s1")))).isEqualTo(new Standing.NotMine());
            release(first);
            assertThat(get(store().standing(first))).isEqualTo(new Standing.NotMine());
        }
    }
}
