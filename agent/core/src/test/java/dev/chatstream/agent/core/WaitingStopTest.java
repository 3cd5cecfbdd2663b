package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.QueueTest.busy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A Stop counts from the moment that a call enters, also while it waits. */
class WaitingStopTest {

    private final World world = new World();
    private final Pod pod = world.pod();
    private final Pod other = world.pod();

    @Test
    void aStopEndsTheWaitInTheQueue() {
        OpenStream holder = pod.open("c");
        Attempt waiter = pod.call("c", "w");
        pod.guard.abort("w").join();
        assertStopped(waiter, "w");
        assertThat(holder.isAborted()).isFalse();
    }

    @Test
    void aStopOnAnotherPodEndsTheWaitInTheQueueWithinATick() {
        pod.open("c");
        Attempt waiter = pod.call("c", "w");
        world.advanceSeconds(1);
        other.guard.abort("w").join();
        world.advanceSeconds(1);
        assertStopped(waiter, "w");
    }

    @Test
    void aStopEndsTheWaitForAnotherPodAndTheNextOneGoesOn() {
        OpenStream holder = other.open("c");
        Attempt first = pod.call("c", "w");
        Attempt second = pod.call("c");
        world.advanceSeconds(1);
        world.server.mark("w");
        world.advanceSeconds(1);
        assertStopped(first, "w");
        holder.depart();
        world.advanceSeconds(1);
        assertThat(second.stream().holdsLock()).isTrue();
    }

    @Test
    void aStopOfAnIdThatTheAgentMadeEndsTheWaitToo() {
        pod.open("c");
        Attempt waiter = pod.call("c");
        String id = waiter.admission().stream().streamId();
        world.server.mark(id);
        world.advanceSeconds(1);
        assertStopped(waiter, id);
    }

    @Test
    void aStopWhileTheLockIsAskedForEndsTheCallAndTheLockIsGivenBack() {
        pod.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        Attempt call = pod.call("c", "w");
        pod.guard.abort("w").join();
        assertStopped(call, "w");
        pod.store.faults(null);
        pod.store.held().remove().answer();
        world.advanceSeconds(2);
        assertThat(world.server.lock("c")).isEmpty();
        assertThat(pod.open("c").holdsLock()).isTrue();
    }

    @Test
    void aStopWhileTheConnectionIsMadeEndsTheCallAndNothingIsSent() {
        pod.store.goDown("test");
        Attempt call = pod.call("c", "w");
        pod.guard.abort("w");
        assertStopped(call, "w");
        pod.store.comeUp();
        assertThat(pod.store.count(Operation.ACQUIRE)).isZero();
        assertThat(pod.open("c").holdsLock()).isTrue();
    }

    @Test
    void aStopWhileOtherPodsHaveATurnEndsTheCall() {
        OpenStream holder = pod.open("c");
        for (int i = 0; i < Chat.HANDOVERS_IN_A_ROW; i++) {
            Attempt next = pod.call("c");
            holder.depart();
            holder = next.stream();
        }
        Attempt pausing = pod.call("c", "w");
        Attempt behind = pod.call("c");
        holder.depart();
        pod.guard.abort("w").join();
        assertStopped(pausing, "w");
        world.advanceSeconds(1);
        assertThat(behind.stream().holdsLock()).isTrue();
    }

    @Test
    void aStopReachesEveryStreamWithThatId() {
        pod.open("c");
        pod.open("d");
        Attempt one = pod.call("c", "w");
        Attempt two = pod.call("d", "w");
        OpenStream three = pod.open("e", "w");
        pod.guard.abort("w").join();
        assertStopped(one, "w");
        assertStopped(two, "w");
        assertThat(three.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    void aCallThatOnlyWaitsDoesNotClearTheMarkerWhichMayBeMeantForTheHolder() {
        Attempt waiting = waitingBehindTheSameIdElsewhere();
        world.server.mark("m");
        pod.guard.engine().poll().tick();
        assertStopped(waiting, "m");
        assertThat(world.server.marked("m")).isTrue();
    }

    private Attempt waitingBehindTheSameIdElsewhere() {
        pod.open("c");
        Attempt waiting = pod.call("c", "m");
        other.open("d", "m");
        return waiting;
    }

    @Test
    void aStopThatIsToldThatTheCallWaitsDoesNotTouchTheStreamThatHoldsTheChat() {
        OpenStream holder = pod.open("c");
        Attempt waiter = pod.call("c", "w");
        assertThat(pod.guard.abortChat("c").join()).contains(holder.streamId());
        assertThat(waiter.isWaiting()).isTrue();
        holder.depart();
        assertThat(waiter.stream().isAborted()).isFalse();
    }

    @Test
    void aStopThatComesWithTheLastAnswerAbortsTheStreamAtOnce() {
        pod.store.faults(sent -> {
            if (sent.operation() == Operation.CLEAR) { // the moment between the decision and the opening
                pod.guard.abort("m").join();
            }
            return Fate.APPLY;
        });
        world.server.mark("m");
        OpenStream stream = pod.open("c", "m");
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
        assertThat(pod.journal.ofKind("aborted")).hasSize(1);
    }

    @Test
    void aStopThatFindsTheCallOnItsWayToTheQueueLeavesNobodyBehindInIt() throws Exception {
        OpenStream holder = pod.open("c");
        CompletableFuture<Attempt> entered;
        synchronized (Objects.requireNonNull(pod.guard.engine().places().find("c"))) { // it cannot queue yet
            entered = CompletableFuture.supplyAsync(() -> pod.call("c", "w"));
            while (pod.guard.engine().registry().byStreamId("w").isEmpty()) {
                Thread.onSpinWait();
            }
            pod.guard.engine().registry().byStreamId("w").forEach(s -> s.abort(AbortReason.STOPPED, "test"));
        }
        assertStopped(entered.get(20, TimeUnit.SECONDS), "w");
        holder.depart();
        assertThat(pod.open("c").holdsLock()).isTrue();
    }

    @Test
    void noWaiterIsLeftWhereAllAreStopped() {
        OpenStream holder = pod.open("c");
        List<Attempt> waiting = List.of(pod.call("c", "w"), pod.call("c", "x"), pod.call("c", "y"));
        List.of("w", "x", "y").forEach(id -> pod.guard.abort(id).join());
        waiting.forEach(call -> assertThat(call.isWaiting()).isFalse());
        holder.depart();
        busy(waitingThere());
    }

    private Attempt waitingThere() {
        OpenStream next = pod.open("c");
        assertThat(next.holdsLock()).isTrue();
        return pod.call("c", null, OnBusy.REJECT);
    }

    static void assertStopped(Attempt call, String streamId) {
        assertThat(call.refusal()).isInstanceOfSatisfying(Entry.Aborted.class, out -> {
            assertThat(out.reason()).isEqualTo(AbortReason.STOPPED);
            assertThat(out.streamId()).isEqualTo(streamId);
        });
    }
}
