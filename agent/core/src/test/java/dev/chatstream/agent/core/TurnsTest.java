package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.QueueTest.busy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waiting for a chat that is held on another pod, and how pods share it. */
class TurnsTest {

    private final World world = new World();
    private final Pod one = world.pod();
    private final Pod two = world.pod();

    @Test
    void aWaiterGetsTheChatOfAnotherPodWithinOneTick() {
        OpenStream holder = one.open("c");
        Attempt waiter = two.call("c");
        world.advanceSeconds(2);
        assertThat(waiter.isWaiting()).isTrue();
        holder.depart();
        world.advanceSeconds(1);
        assertThat(waiter.stream().holdsLock()).isTrue();
        assertThat(waiter.stream().fence()).isGreaterThan(holder.fence());
    }

    @Test
    void aLockThatIsFreeWhenTheTimeIsUpIsNotRefused() {
        OpenStream holder = one.open("c");
        Attempt waiter = two.call(QueueTest.call("c", Duration.ofMillis(2_500)));
        world.advance(Duration.ofMillis(2_400)); // the last look was at 2 s
        holder.depart();
        world.advance(Duration.ofMillis(100));
        assertThat(waiter.stream().holdsLock()).isTrue();
    }

    @Test
    void aWaiterGivesUpWhenItsTimeIsUpAndNamesTheHolder() {
        OpenStream holder = one.open("c");
        Attempt waiter = two.call("c");
        world.advance(Duration.ofMillis(4_999));
        assertThat(waiter.isWaiting()).isTrue();
        world.advance(Duration.ofMillis(1));
        assertThat(busy(waiter).ownerStreamId()).isEqualTo(holder.streamId());
    }

    @Test
    void whoeverQueuesBehindAWaiterIsToldTheHolderOnTheOtherPodToo() {
        OpenStream holder = one.open("c");
        two.call(QueueTest.call("c", Duration.ofSeconds(9)));
        Attempt second = two.call("c");
        assertThat(busy(two.call("c", null, OnBusy.REJECT)).ownerStreamId()).isEqualTo(holder.streamId());
        world.advanceSeconds(5);
        assertThat(busy(second).ownerStreamId()).isEqualTo(holder.streamId());
    }

    @Test
    void aLockThatRanOutIsTakenAtTheNextLook() {
        world.server.takeAsPlainPod("c", "node", Duration.ofSeconds(2));
        Attempt waiter = two.call("c");
        world.advanceSeconds(3);
        assertThat(waiter.stream().holdsLock()).isTrue();
    }

    @Test
    void aHolderThatChangedWhileACallWaitedDoesNotEndTheWait() {
        OpenStream holder = one.open("c");
        Attempt waiter = two.call("c");
        Attempt next = one.call("c");
        world.advanceSeconds(1);
        holder.depart();
        world.advanceSeconds(1);
        assertThat(waiter.isWaiting()).isTrue();
        next.stream().depart();
        world.advanceSeconds(1);
        assertThat(waiter.stream().holdsLock()).isTrue();
    }

    @Test
    void afterEightHandOversInARowOtherPodsGetATurn() {
        OpenStream holder = one.open("c");
        Attempt elsewhere = two.call(QueueTest.call("c", Duration.ofSeconds(60)));
        List<Attempt> queue = new ArrayList<>();
        for (int i = 0; i < Chat.HANDOVERS_IN_A_ROW; i++) {
            queue.add(one.call("c"));
        }
        for (Attempt next : queue) {
            holder.depart();
            holder = next.stream(); // without a wait
        }
        Attempt ninth = one.call("c");
        world.advance(Duration.ofMillis(1_200));
        holder.depart();
        assertThat(ninth.isWaiting()).isTrue();
        world.advanceSeconds(1);
        OpenStream other = elsewhere.stream();
        assertThat(ninth.isWaiting()).isTrue();
        other.depart();
        world.advanceSeconds(1);
        assertThat(ninth.stream().holdsLock()).isTrue();
    }

    @Test
    void thePauseIsOnePollIntervalWhereNobodyElseWants() {
        OpenStream holder = one.open("c");
        for (int i = 0; i < Chat.HANDOVERS_IN_A_ROW; i++) {
            Attempt next = one.call("c");
            holder.depart();
            holder = next.stream();
        }
        Attempt ninth = one.call("c");
        holder.depart();
        world.advance(Duration.ofMillis(999));
        assertThat(ninth.isWaiting()).isTrue();
        world.advance(Duration.ofMillis(1));
        holder = ninth.stream();
        Attempt tenth = one.call("c");
        holder.depart();
        assertThat(tenth.stream().holdsLock()).as("counted anew").isTrue();
    }

    @Test
    void aWaiterWhoseTimeIsUpInThePauseTakesTheFreeLock() {
        OpenStream holder = one.open("c");
        for (int i = 0; i < Chat.HANDOVERS_IN_A_ROW; i++) {
            Attempt next = one.call("c");
            holder.depart();
            holder = next.stream();
        }
        Attempt ninth = one.call(QueueTest.call("c", Duration.ofMillis(300)));
        holder.depart();
        world.advance(Duration.ofMillis(300));
        assertThat(ninth.stream().holdsLock()).isTrue();
    }

    @Test
    void callsThatOnlyGaveUpAreNoHandOvers() {
        one.open("c");
        for (int i = 0; i < 20; i++) {
            Attempt waiter = two.call(QueueTest.call("c", Duration.ofMillis(1)));
            world.advance(Duration.ofMillis(1));
            busy(waiter);
        }
        List<Attempt> queue = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            queue.add(two.call(QueueTest.call("c", Duration.ofMillis(i + 1))));
        }
        Attempt last = two.call(QueueTest.call("d", Duration.ofMillis(1)));
        last.stream().depart();
        world.advance(Duration.ofMillis(8));
        assertThat(queue).allSatisfy(call -> assertThat(call.refusal()).isInstanceOf(Entry.Busy.class));
        assertThat(two.call("c").isWaiting()).isTrue();
        assertThat(two.store.count(Operation.ACQUIRE)).isGreaterThan(9);
    }
}
