package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** owner and owners. */
class OwnersTest {

    private final World world = new World();
    private final Pod one = world.pod();
    private final Pod two = world.pod();

    @Test
    void theOwnerIsNamedHereAndOnOtherPods() {
        OpenStream stream = one.open("c");
        assertThat(one.guard.owner("c").join()).contains(stream.streamId());
        assertThat(two.guard.owner("c").join()).contains(stream.streamId());
        assertThat(two.guard.owner("d").join()).isEmpty();
    }

    @Test
    void theOwnerOnAPodThatKeepsNoRecordIsNamed() {
        world.server.takeAsPlainPod("c", "node", World.TTL);
        assertThat(one.guard.owner("c").join()).contains("node");
    }

    @Test
    void whoOnlyWaitsIsNotTheOwner() {
        OpenStream holder = one.open("c");
        two.call("c");
        assertThat(two.guard.owner("c").join()).contains(holder.streamId());
        assertThat(two.guard.owners(List.of("c")).join().byChatId()).containsOnly(Map.entry("c", holder.streamId()));
    }

    @Test
    void anAbortedStreamIsTheOwnerUntilItGivesTheChatBack() {
        OpenStream stream = one.open("c");
        one.guard.abort(stream.streamId()).join();
        assertThat(one.guard.owner("c").join()).contains(stream.streamId());
        world.advanceSeconds(10);
        assertThat(stream.isOpen()).isTrue();
        assertThat(one.guard.owner("c").join()).isEmpty();
    }

    @Test
    void ownersTakeOneRoundTrip() {
        OpenStream c = one.open("c");
        OpenStream d = two.open("d");
        long sent = two.store.sends();
        StreamGuard.Owners owners = two.guard.owners(List.of("c", "d", "e")).join();
        assertThat(owners.verified()).isTrue();
        assertThat(owners.byChatId()).isEqualTo(Map.of("c", c.streamId(), "d", d.streamId()));
        assertThat(two.store.sends() - sent).isEqualTo(1);
        assertThat(two.store.count(Operation.OWNERS)).isEqualTo(1);
    }

    @Test
    void ownersOfNothingAskNobody() {
        assertThat(one.guard.owners(List.of()).join()).isEqualTo(new StreamGuard.Owners(true, Map.of()));
        assertThat(one.store.sends()).isZero();
    }

    @Test
    void whereRedisCannotBeAskedOwnersAreThoseOfThisJvmAndNotVerified() {
        OpenStream c = one.open("c");
        two.open("d");
        one.store.goDown("test");
        world.advanceSeconds(5);
        assertThat(one.guard.owners(List.of("c", "d")).join())
                .isEqualTo(new StreamGuard.Owners(false, Map.of("c", c.streamId())));
    }

    @Test
    void ownersWaitForAConnectionThatIsBeingMade() {
        OpenStream c = two.open("c");
        one.store.goDown("test");
        CompletableFuture<StreamGuard.Owners> owners = one.guard.owners(List.of("c"));
        assertThat(owners).isNotDone();
        one.store.comeUp();
        assertThat(owners.join()).isEqualTo(new StreamGuard.Owners(true, Map.of("c", c.streamId())));
    }

    @Test
    void aStreamThatEnteredWithoutRedisIsTheOwnerAsFarAsThisJvmKnows() {
        one.store.goDown("test");
        Attempt call = one.call("c");
        world.advanceSeconds(2);
        assertThat(one.guard.owner("c").join()).contains(call.stream().streamId());
    }

    @Test
    void whatRedisSaysCountsBeforeAStreamThatHasNoLock() {
        one.store.goDown("test");
        Attempt call = one.call("c");
        world.advanceSeconds(2);
        assertThat(call.stream().isOpen()).isTrue();
        OpenStream there = two.open("c");
        one.store.comeUp();
        assertThat(one.guard.owner("c").join()).contains(there.streamId());
    }

    @Test
    void withoutAStoreTheyAnswerFromThisJvmAndAreNotVerified() {
        Pod alone = world.podAlone();
        OpenStream stream = alone.open("c");
        assertThat(alone.guard.owner("c").join()).contains(stream.streamId());
        assertThat(alone.guard.owner("d").join()).isEmpty();
        assertThat(alone.guard.owners(List.of("c", "d")).join())
                .isEqualTo(new StreamGuard.Owners(false, Map.of("c", stream.streamId())));
    }
}
