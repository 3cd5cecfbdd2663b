package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One sweep for all streams, and lanes that do not cost each other anything. */
class SweepTest {

    private final World world = new World();
    private final World.Pod pod = world.pod(Tuned.with(s -> s.maxHold = Duration.ZERO));

    private static List<OpenStream> open(World.Pod pod, int number) {
        return IntStream.range(0, number).mapToObj(i -> pod.open("chat " + i)).toList();
    }

    private static String chatIn(World.Pod pod, String lane) {
        return chatsIn(pod, lane).findFirst().orElseThrow();
    }

    private static String another(World.Pod pod, String chatId) {
        return chatsIn(pod, pod.store.laneOfChat(chatId))
                .filter(id -> !id.equals(chatId))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> chatsIn(World.Pod pod, String lane) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "chat " + i)
                .filter(id -> pod.store.laneOfChat(id).equals(lane));
    }

    @Test
    void tenThousandStreamsAreOneRenewalAndOnePollATick() {
        List<OpenStream> streams = open(pod, 10_000);
        world.advanceSeconds(18);
        long renewals = pod.store.count(Operation.RENEW);
        long polls = pod.store.count(Operation.MARKED);
        world.advanceSeconds(1);
        assertThat(pod.store.count(Operation.RENEW) - renewals).isEqualTo(1);
        assertThat(pod.store.count(Operation.MARKED) - polls).isEqualTo(1);
        world.advanceSeconds(100);
        assertThat(streams).allMatch(OpenStream::holdsLock);
        streams.forEach(OpenStream::depart);
        world.advanceSeconds(1);
        assertThat(pod.guard.engine().registry().isEmpty()).isTrue();
        assertThat(pod.guard.engine().heartbeat().isIdle()).isTrue();
    }

    @Test
    void onePollAndOneRenewalALaneHoweverSlow() {
        World.Pod lanes = world.podWithLanes(3);
        open(lanes, 300);
        lanes.store.faults(sent -> Fate.HOLD);
        world.advanceSeconds(100);
        assertThat(lanes.store.count(Operation.RENEW)).isEqualTo(3);
        assertThat(lanes.store.held()).hasSize(6);
    }

    @Test
    void aBatchThatIsNotAnsweredHoldsBackTheNextOneOfItsLaneOnly() {
        World.Pod lanes = world.podWithLanes(2);
        String first = chatIn(lanes, "memory-0");
        lanes.open(first);
        world.advanceSeconds(5);
        OpenStream behind = lanes.open(another(lanes, first));
        OpenStream elsewhere = lanes.open(chatIn(lanes, "memory-1"));
        lanes.store.faults(
                sent -> sent.operation() == Operation.RENEW && sent.ids().contains(first) ? Fate.HOLD : Fate.APPLY);
        world.advanceSeconds(25);
        assertThat(lanes.store.held()).hasSize(1);
        assertThat(behind.leaseRemaining()).isEqualTo(World.TTL.minusSeconds(25));
        assertThat(elsewhere.leaseRemaining()).isGreaterThan(World.TTL.minusSeconds(10));
        lanes.store.held().remove().answer();
        world.advanceSeconds(1);
        assertThat(behind.leaseRemaining()).isEqualTo(World.TTL);
    }

    @Test
    void aStreamWhoseAnswerCausesAFaultCostsNoOtherItsRenewal() {
        List<OpenStream> streams = open(pod, 10);
        pod.journal.failFor("lost");
        world.server.deleteLock("chat 3");
        world.server.takeAsPlainPod("chat 3", "thief", World.TTL.multipliedBy(10));
        for (int second = 0; second < 100; second++) {
            world.advanceSeconds(1);
            assertThat(streams.stream().filter(OpenStream::holdsLock).count()).isGreaterThanOrEqualTo(9);
        }
        assertThat(pod.journal.ofKind("own-fault")).hasSize(1);
    }

    @Test
    void aLaneThatIsDownCostsOnlyItsOwnChats() {
        World.Pod lanes = world.podWithLanes(2);
        String bad = chatIn(lanes, "memory-0");
        String good = chatIn(lanes, "memory-1");
        OpenStream there = lanes.open(bad);
        OpenStream here = lanes.open(good);
        lanes.store.goDown("memory-0", "refused");
        world.advanceSeconds(2);
        there.depart();
        here.depart();
        assertThat(lanes.open(bad).holdsLock()).isFalse();
        assertThat(lanes.open(good).holdsLock()).isTrue();
        world.advanceSeconds(100);
        assertThat(lanes.journal.ofKind("redis-down"))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("memory-0"));
        lanes.store.comeUp("memory-0");
        assertThat(lanes.journal.ofKind("redis-up"))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("memory-0"));
    }

    @Test
    void aLaneThatIsSilentCostsOnlyItsOwnChats() {
        World.Pod lanes = world.podWithLanes(2);
        String bad = chatIn(lanes, "memory-0");
        String good = chatIn(lanes, "memory-1");
        lanes.open("any").depart();
        lanes.network.ordered(false); // each lane has a connection of its own
        lanes.network.delays(sent ->
                sent.ids().stream().anyMatch(id -> lanes.store.laneOfChat(id).equals("memory-0"))
                        ? Network.Delay.SILENCE
                        : Network.Delay.NONE);
        World.Attempt waits = lanes.call(bad);
        OpenStream here = lanes.open(good);
        world.advanceSeconds(2);
        assertThat(waits.stream().holdsLock()).isFalse();
        for (int second = 0; second < 100; second++) {
            world.advanceSeconds(1);
            assertThat(here.holdsLock()).isTrue();
            OpenStream another = lanes.open(another(lanes, good));
            assertThat(another.holdsLock()).isTrue();
            another.depart();
        }
    }

    @Test
    void aLaneThatHasLeftForGoodSendsItsCallsToWhereTheirChatIsNow() {
        Timetable timetable = new Timetable(world::now, nanos -> {});
        Narrator narrator = new Narrator(pod.journal, OnRedisDown.DEGRADE);
        Lanes lanes = new Lanes(1, timetable, new Outages(narrator, timetable));
        Lane old = lanes.of("old");
        var reach = old.reach();
        assertThat(reach).isNotDone();
        lanes.gone("old");
        assertThat(reach.join()).isInstanceOf(Lane.Reach.Up.class);
    }

    @Test
    void maxHoldIsLookedAtByTheSweep() {
        World.Pod strict = world.pod(Tuned.with(s -> s.maxHold = Duration.ofSeconds(30)));
        OpenStream stream = strict.open("c");
        world.advanceSeconds(29);
        assertThat(stream.isAborted()).isFalse();
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.MAX_HOLD);
    }
}
