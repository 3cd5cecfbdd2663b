package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With no stream open or waiting, and no release to repeat, nothing is sent and nothing is waited for. */
class IdleTest {

    private final World world = new World();

    private static void assertParked(World.Pod pod) {
        assertThat(pod.guard.engine().pacemaker().untilDue()).isEqualTo(Beat.NEVER);
    }

    private void assertSilent(World.Pod pod) {
        long sent = pod.store.sends();
        world.advance(Duration.ofHours(2));
        assertThat(pod.store.sends()).isEqualTo(sent);
        assertParked(pod);
    }

    @Test
    void anEngineThatWasNeverCalledParksForEver() {
        World.Pod pod = world.pod();
        assertSilent(pod);
        assertThat(pod.store.sends()).isZero();
    }

    @Test
    void oneCallIsTwoCommandsAndThenNothing() {
        World.Pod pod = world.pod();
        OpenStream stream = pod.open("c");
        assertThat(world.server.lock("c")).contains(stream.streamId());
        stream.depart();
        assertThat(world.server.lock("c")).isEmpty();
        assertThat(pod.store.sends()).isEqualTo(2);
        assertSilent(pod);
    }

    @Test
    void afterStreamsWaitersAndStopsItParksAgain() {
        World.Pod pod = world.pod();
        World.Pod other = world.pod();
        OpenStream stream = pod.open("c");
        World.Attempt waiter = pod.call("c");
        World.Attempt elsewhere = other.call("c");
        World.Attempt superseder = other.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(30);
        stream.depart();
        pod.guard.abortChat("c").join();
        world.advanceSeconds(30);
        assertThat(waiter.isWaiting() || elsewhere.isWaiting() || superseder.isWaiting())
                .isFalse();
        pod.guard.engine().registry().forEach(left -> {
            if (left.isOpen()) {
                left.depart();
            }
        });
        other.guard.engine().registry().forEach(left -> {
            if (left.isOpen()) {
                left.depart();
            }
        });
        world.advanceSeconds(120);
        assertThat(world.server.lock("c")).isEmpty();
        assertSilent(pod);
        assertSilent(other);
    }

    @Test
    void afterAnOutageItParksThoughRedisWasNeverHeardAgain() {
        World.Pod pod = world.pod();
        pod.open("c").depart();
        pod.network.silence();
        World.Attempt attempt = pod.call("c");
        world.advanceSeconds(30);
        attempt.stream().depart();
        world.advanceSeconds(120);
        assertSilent(pod);
    }

    @Test
    void aWaitingCallAloneSendsTwoCommandsATickHoweverManyWaitBehindIt() {
        World.Pod pod = world.pod(Tuned.with(s -> s.acquireTimeout = Duration.ofMinutes(1)));
        world.pod().open("c");
        for (int i = 0; i < 8; i++) {
            assertThat(pod.call("c").isWaiting()).isTrue();
        }
        long sent = pod.store.sends();
        world.advanceSeconds(30);
        assertThat(pod.store.count(Operation.ACQUIRE)).isEqualTo(1);
        assertThat(pod.store.sends() - sent).isBetween(58L, 62L);
    }

    @Test
    void theEndOfAGraceThatIsStillToComeCausesNoCommand() {
        World.Pod pod = world.pod();
        OpenStream stream = pod.open("c");
        stream.abort(AbortReason.STOPPED, "test");
        stream.depart();
        assertSilent(pod);
    }

    @Test
    void withoutAStoreItIsSaidOnceThatStreamsExcludeEachOtherHereOnly() {
        World.Pod alone = world.podAlone();
        alone.open("a").depart();
        alone.open("b").depart();
        assertThat(alone.journal.lines().stream().filter(line -> line.level() != Journal.Level.DEBUG))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("redis-uri"));
        world.advance(World.TICK);
        assertParked(alone);
    }

    @Test
    void withoutAStoreStreamsExcludeEachOtherInThisJvm() {
        World.Pod alone = world.podAlone();
        OpenStream stream = alone.open("c");
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.fence()).isZero();
        assertThat(alone.call("c", null, OnBusy.REJECT).refusal()).isInstanceOf(Entry.Busy.class);
        World.Attempt waiter = alone.call("c");
        assertThat(waiter.isWaiting()).isTrue();
        stream.depart();
        assertThat(waiter.stream().isOpen()).isTrue();
        World.Attempt superseder = alone.call("c", null, OnBusy.SUPERSEDE);
        assertThat(waiter.stream().abortReason()).contains(AbortReason.SUPERSEDED);
        waiter.stream().depart();
        assertThat(superseder.stream().isOpen()).isTrue();
    }

    @Test
    void withoutAStoreStopAndOwnerAnswerFromThisJvmAndNeverThrow() {
        World.Pod alone = world.podAlone();
        OpenStream stream = alone.open("c", "s");
        assertThat(alone.guard.owner("c").join()).contains("s");
        assertThat(alone.guard.owner("other").join()).isEmpty();
        assertThat(alone.guard.owners(java.util.List.of("c", "other")).join())
                .isEqualTo(new StreamGuard.Owners(false, java.util.Map.of("c", "s")));
        assertThat(alone.guard.abort("nobody")).isCompletedWithValue(null);
        assertThat(alone.guard.abortChat("other").join()).isEmpty();
        assertThat(alone.guard.abortChat("c").join()).contains("s");
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
        assertThat(alone.store.sends()).isZero();
    }

    @Test
    void withoutAStoreWaitersGiveUpAndMaxHoldAndGraceCount() {
        World.Pod alone = world.podAlone();
        OpenStream stream = alone.open("c");
        World.Attempt waiter = alone.call("c");
        world.advanceSeconds(5);
        assertThat(waiter.refusal()).isInstanceOf(Entry.Busy.class);
        world.advance(Duration.ofHours(1));
        assertThat(stream.abortReason()).contains(AbortReason.MAX_HOLD);
        world.advanceSeconds(10);
        assertThat(alone.open("c").isOpen()).as("the grace is over").isTrue();
    }
}
