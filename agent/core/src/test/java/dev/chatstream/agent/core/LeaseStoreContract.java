package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Again;
import dev.chatstream.agent.core.LeaseStore.Asked;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Marks;
import dev.chatstream.agent.core.LeaseStore.Owners;
import dev.chatstream.agent.core.LeaseStore.Released;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import dev.chatstream.agent.core.LeaseStore.Remaining;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import dev.chatstream.agent.core.LeaseStore.Standing;
import dev.chatstream.agent.core.LeaseStore.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every store does, whatever it keeps its locks in; each store's own test inherits it. */
public abstract class LeaseStoreContract extends ReleaseContract {

    static Stream<String> hostileIds() {
        return Stream.of(
                "plain",
                " ",
                "a b\nc",
                "{",
                "}",
                "{}",
                "{}x",
                "}{",
                "a}b",
                "{a}b",
                "a{b}c}",
                "{{a}}",
                "\0",
                "ä€😀",
                "'\"\\ %s $1 %",
                "*?[a-z]",
                "x".repeat(4096));
    }

    @Nested
    class Markers {
        @Test
        void areSetFoundAndCleared() {
            String stream = "s-" + UUID.randomUUID();
            assertThat(get(store().mark(stream))).isEqualTo(new Written.Done());
            assertThat(outside().marked(stream)).isTrue();
            assertNear(outside().markerLeft(stream), Duration.ofHours(1));
            assertThat(get(store().marked(List.of("other", stream)))).isEqualTo(found(stream));

            assertThat(get(store().markerLeft(stream)))
                    .isInstanceOfSatisfying(
                            Remaining.Left.class, left -> assertNear(left.time(), LeaseStore.MARKER_TTL));

            assertThat(get(store().clear(stream))).isEqualTo(new Written.Done());
            assertThat(outside().marked(stream)).isFalse();
            assertThat(get(store().markerLeft(stream))).isEqualTo(new Remaining.Left(Duration.ZERO));
            assertThat(get(store().marked(List.of("other", stream)))).isEqualTo(found());
        }

        @Test
        void ofManyStreamsAreFoundInOneQuestion() {
            String prefix = "s-" + UUID.randomUUID();
            List<String> all = new ArrayList<>();
            List<String> some = new ArrayList<>();
            for (int i = 0; i < 1500; i++) {
                all.add(prefix + i);
                if (i % 100 == 3) {
                    some.add(prefix + i);
                    outside().mark(prefix + i);
                }
            }

            assertThat(get(store().marked(all))).isEqualTo(found(some.toArray(String[]::new)));
            assertThat(get(store().marked(List.of()))).isEqualTo(found());
        }

        private static Marks found(String... ids) {
            return new Marks.Found(java.util.Set.of(ids));
        }
    }

    @Nested
    class Others {
        @Test
        void ownersNamesWhoHoldsAndLeavesOutFreeChats() {
            won(claim("s1"));
            outside().takeAsPlainPod(chat + "-plain", "node", TTL);

            assertThat(get(store().owners(List.of(chat, chat + "-plain", chat + "-free"))))
                    .isEqualTo(new Owners.Found(Map.of(chat, "s1", chat + "-plain", "node")));
            assertThat(get(store().owners(List.of()))).isEqualTo(new Owners.Found(Map.of()));
        }

        @Test
        void ownersOfManyChatsIsOneQuestion() {
            List<String> chats =
                    IntStream.range(0, 1500).mapToObj(i -> chat + "-" + i).toList();
            for (int i = 0; i < chats.size(); i += 50) {
                outside().takeAsPlainPod(chats.get(i), "node" + i, TTL);
            }

            assertThat(get(store().owners(chats)))
                    .isInstanceOfSatisfying(
                            Owners.Found.class,
                            found -> assertThat(found.byChatId()).hasSize(30).containsEntry(chats.get(50), "node50"));
        }

        @Test
        void aPingOfTheLaneIsAnswered() {
            assertThat(get(store().ping(store().laneOfChat(chat)))).isEqualTo(new Written.Done());
            assertThat(get(store().ping(store().laneOfStream("s1")))).isEqualTo(new Written.Done());
        }

        @Test
        void nothingIsSentBeforeOpen() {
            LeaseStore closed = closedStore();
            Claim claim = claim("s1");

            assertNotSent(get(closed.acquire(claim, null, true)));
            assertNotSent(get(closed.renew(List.of(new Renewing(claim, 1, Again.NEVER))))
                    .get(0));
            assertNotSent(
                    get(closed.release(List.of(new Releasing(claim, true)))).get(0));
            assertNotSent(get(closed.ask(chat, new Holder("s1", "n"))));
            assertNotSent(get(closed.standing(claim)));
            assertNotSent(get(closed.marked(List.of("s1"))));
            assertNotSent(get(closed.markerLeft("s1")));
            assertNotSent(get(closed.mark("s1")));
            assertNotSent(get(closed.clear("s1")));
            assertNotSent(get(closed.owners(List.of(chat))));
            assertNotSent(get(closed.ping(closed.laneOfChat(chat))));
            closed.close();
        }

        @Test
        void nothingIsSentAfterClose() {
            store().close();

            assertNotSent(get(store().acquire(claim("s1"), null, true)));
            assertNotSent(get(store().mark("s1")));
            store().close();
        }

        private static void assertNotSent(Object answer) {
            assertThat(answer).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_SENT);
                assertThat(failure.message()).isNotBlank();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("hostileIds")
    void anyIdGoesThroughAWholeLife(String id) {
        Claim first = new Claim(id, id, nonce());
        Claim second = new Claim(id, id + "2", nonce());

        long fence = won(first);
        assertThat(outside().lock(id)).contains(id);
        assertThat(acquire(second)).isEqualTo(new Acquisition.Busy(holder(first), false));
        assertThat(renew(first, fence)).isEqualTo(new Renewal.Renewed());
        assertThat(get(store().owners(List.of(id)))).isEqualTo(new Owners.Found(Map.of(id, id)));
        assertThat(get(store().ask(id, holder(first)))).isEqualTo(new Asked.Told());
        assertThat(get(store().standing(first))).isEqualTo(new Standing.MineButAsked());
        assertThat(get(store().mark(id))).isEqualTo(new Written.Done());
        assertThat(outside().marked(id)).isTrue();
        assertThat(overrule(second, holder(first))).isInstanceOf(Acquisition.Won.class);
        assertThat(renew(first, fence)).isEqualTo(new Renewal.Superseded());
        assertThat(get(store().release(List.of(new Releasing(first, true))))).containsExactly(new Released.Other());
        awaitUnmarked(id);
        assertThat(release(second)).isEqualTo(new Released.Deleted());
        assertThat(outside().lock(id)).isEmpty();
    }
}
