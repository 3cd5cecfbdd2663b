package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** WAIT: calls of one JVM that wait for one chat. */
class QueueTest {

    private final World world = new World();

    @Test
    void firstComeIsFirstServed() {
        Pod pod = world.pod();
        OpenStream holder = pod.open("c");
        List<Attempt> waiting = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waiting.add(pod.call("c"));
        }
        while (!waiting.isEmpty()) {
            holder.depart();
            holder = waiting.removeFirst().stream();
            assertThat(waiting)
                    .allSatisfy(later -> assertThat(later.isWaiting()).isTrue());
            assertThat(world.server.lock("c")).contains(holder.streamId());
        }
    }

    @Test
    void aHandOverInOneJvmGoesWithoutAWaitAndTakesOneReleaseAndOneAcquire() {
        Pod pod = world.pod();
        OpenStream holder = pod.open("c");
        Attempt next = pod.call("c");
        long sent = pod.store.sends();
        holder.depart();
        assertThat(next.stream().holdsLock()).isTrue();
        assertThat(next.stream().fence()).isGreaterThan(holder.fence());
        assertThat(pod.store.sends() - sent).isEqualTo(2);
    }

    @Test
    void aHandOverDoesNotWaitForTheAnswerToTheRelease() {
        Pod pod = world.pod();
        OpenStream holder = pod.open("c");
        Attempt next = pod.call("c");
        pod.store.faults(sent -> sent.operation() == Operation.RELEASE ? Fate.HOLD_ANSWER : Fate.APPLY);
        holder.depart();
        assertThat(next.stream().holdsLock()).isTrue();
    }

    @Test
    void aHandOverTakesTheLockOfAnEndedStreamWhoseReleaseIsLost() {
        Pod pod = world.pod();
        OpenStream holder = pod.open("c");
        Attempt next = pod.call("c");
        pod.store.faults(sent -> sent.operation() == Operation.RELEASE ? Fate.HOLD : Fate.APPLY);
        holder.depart();
        assertThat(next.stream().holdsLock()).isTrue();
        pod.store.held().remove().answer(); // the late release is not the new stream's
        assertThat(world.server.lock("c")).contains(next.stream().streamId());
    }

    @Test
    void aWaiterIsRefusedAfterTheAcquireTimeoutAndToldWhoHoldsTheChat() {
        Pod pod = world.pod();
        OpenStream holder = pod.open("c");
        Attempt waiter = pod.call("c");
        world.advance(Duration.ofMillis(4_999));
        assertThat(waiter.isWaiting()).isTrue();
        world.advance(Duration.ofMillis(1));
        assertThat(busy(waiter).ownerStreamId()).isEqualTo(holder.streamId());
        assertThat(busy(waiter).chatId()).isEqualTo("c");
        assertThat(busy(waiter).message()).contains("c", "5000 ms", holder.streamId());
    }

    @Test
    void theTimeoutOfTheCallsOwnRuleCountsBeforeTheConfiguredOne() {
        Pod pod = world.pod();
        pod.open("c");
        Attempt waiter = pod.call(call("c", Duration.ofMillis(200)));
        world.advance(Duration.ofMillis(199));
        assertThat(waiter.isWaiting()).isTrue();
        world.advance(Duration.ofMillis(1));
        assertThat(busy(waiter).message()).contains("200 ms");
    }

    @Test
    void aTimeoutOfZeroWaitsForNobody() {
        Pod pod = world.pod();
        Pod other = world.pod();
        pod.open("c");
        Attempt here = pod.call(call("c", Duration.ZERO));
        Attempt there = other.call(call("c", Duration.ZERO));
        world.advance(Duration.ZERO);
        assertThat(busy(here)).isNotNull();
        assertThat(busy(there)).isNotNull();
    }

    @Test
    void theTimeCountsFromTheMomentOfEnteringAndNotFromTheFirstAnswer() {
        Pod other = world.pod();
        other.open("c");
        Pod pod = world.pod();
        pod.store.goDown("test");
        Attempt waiter = pod.call("c");
        world.advanceSeconds(1);
        pod.store.comeUp();
        world.advance(Duration.ofMillis(3_999));
        assertThat(waiter.isWaiting()).isTrue();
        world.advance(Duration.ofMillis(1));
        assertThat(busy(waiter)).isNotNull();
    }

    @Test
    void aWaiterThatHasGivenUpIsPassedOver() {
        Pod pod = world.pod();
        OpenStream holder = pod.open("c");
        Attempt first = pod.call(call("c", Duration.ofSeconds(1)));
        Attempt second = pod.call("c");
        world.advanceSeconds(2);
        assertThat(busy(first)).isNotNull();
        holder.depart();
        assertThat(second.stream().holdsLock()).isTrue();
        second.stream().depart();
        assertThat(pod.open("c").holdsLock()).isTrue();
    }

    @Test
    void chatsDoNotWaitForEachOther() {
        Pod pod = world.pod();
        pod.open("c");
        pod.call("c");
        assertThat(pod.open("d").holdsLock()).isTrue();
    }

    @Test
    void aLongChainOfRefusalsDoesNotPileUpTheStack() {
        Pod pod = world.pod(Tuned.with(s -> {
            s.maxWaiters = 10_000;
            s.acquireTimeout = Duration.ofMinutes(1);
            s.onRedisDown = GuardSettings.OnRedisDown.REJECT;
        }));
        pod.store.goDown("test");
        List<Attempt> calls = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            calls.add(pod.call("c"));
        }
        world.advanceSeconds(2);
        assertThat(calls.stream().filter(Attempt::isWaiting)).isEmpty();
        assertThat(calls.getLast().refusal()).isInstanceOf(Entry.Unavailable.class);
    }

    static Call call(String chatId, Duration acquireTimeout) {
        return new Call(new Call.Rule("Chat#stream", null, acquireTimeout, null, true), chatId, null, null);
    }

    static Entry.Busy busy(Attempt attempt) {
        assertThat(attempt.refusal()).isInstanceOf(Entry.Busy.class);
        return (Entry.Busy) attempt.refusal();
    }
}
