package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Pod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt ends the wait for a busy chat, with real threads. */
class InterruptedWaitTest {

    /** What the waiting thread saw. */
    private record Seen(Entry entry, boolean interrupted) {}

    private final World world = new World();
    private final Pod pod = world.pod();
    private final Pod other = world.pod();
    private final CompletableFuture<Seen> seen = new CompletableFuture<>();

    private Thread enters(OnBusy onBusy) {
        Call call = new Call(new Call.Rule("Chat#stream", onBusy, null, null, true), "c", "m", null);
        return Thread.ofVirtual().start(() -> {
            Entry entry = pod.guard.enter(call);
            seen.complete(new Seen(entry, Thread.currentThread().isInterrupted()));
            if (entry instanceof Entry.Entered entered) {
                entered.leave();
            }
        });
    }

    private Seen seen() throws Exception {
        return seen.get(20, TimeUnit.SECONDS);
    }

    /** Counts down when this is sent the next time. */
    private CountDownLatch when(Operation operation, Fate fate) {
        CountDownLatch sent = new CountDownLatch(1);
        pod.store.faults(one -> {
            if (one.operation() != operation) {
                return Fate.APPLY;
            }
            sent.countDown();
            return fate;
        });
        return sent;
    }

    private void assertBusyAndFlagKept() throws Exception {
        assertThat(seen().entry())
                .isInstanceOfSatisfying(
                        Entry.Busy.class, busy -> assertThat(busy.message()).contains("interrupted"));
        assertThat(seen().interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = OnBusy.class,
            names = {"WAIT", "SUPERSEDE"})
    void itEndsTheWaitInTheQueueAndTheFlagIsKept(OnBusy onBusy) throws Exception {
        OpenStream holder = pod.open("c");
        CountDownLatch queued = when(Operation.MARKED, Fate.APPLY); // it looks for its marker when it queues
        Thread waiting = enters(onBusy);
        assertThat(queued.await(20, TimeUnit.SECONDS)).isTrue();
        waiting.interrupt();
        assertBusyAndFlagKept();
        assertThat(((Entry.Busy) seen().entry()).ownerStreamId()).isEqualTo(holder.streamId());
        holder.depart();
        assertThat(pod.open("c").holdsLock()).isTrue();
    }

    @Test
    void itEndsTheWaitForAnotherPod() throws Exception {
        other.open("c");
        Thread waiting = enters(OnBusy.WAIT);
        while (pod.guard.engine().places().ownerOf("c") == null) {
            Thread.onSpinWait();
        }
        waiting.interrupt();
        assertBusyAndFlagKept();
        assertThat(pod.guard.engine().places().find("c")).isNull();
    }

    @Test
    void anInterruptedSupersederTakesNoLockAway() throws Exception {
        OpenStream holder = other.open("c");
        CountDownLatch asked = when(Operation.ASK, Fate.HOLD);
        Thread waiting = enters(OnBusy.SUPERSEDE);
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        waiting.interrupt();
        awaitTaken(waiting);
        pod.store.held().remove().answer();
        assertBusyAndFlagKept();
        assertThat(world.server.lock("c")).contains(holder.streamId());
    }

    @Test
    void itDoesNotEndTheWaitForAnAnswerOfTheStore() throws Exception {
        CountDownLatch asked = when(Operation.ACQUIRE, Fate.HOLD);
        Thread waiting = enters(OnBusy.WAIT);
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        waiting.interrupt();
        awaitTaken(waiting);
        assertThat(seen).isNotDone();
        pod.store.held().remove().answer();
        assertThat(seen().entry()).isInstanceOf(Entry.Entered.class);
        assertThat(seen().interrupted()).isTrue();
    }

    @Test
    void anAnswerThatTheChatIsBusyEndsTheCallOfAnInterruptedThread() throws Exception {
        other.open("c");
        CountDownLatch asked = when(Operation.ACQUIRE, Fate.HOLD);
        Thread waiting = enters(OnBusy.WAIT);
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        waiting.interrupt();
        awaitTaken(waiting);
        pod.store.held().remove().answer();
        assertBusyAndFlagKept();
    }

    @Test
    void aThreadThatIsInterruptedBeforeGetsAFreeChatWithItsFlag() {
        Thread.currentThread().interrupt();
        Entry entry = pod.guard.enter(OldMarkerTest.call("c", "m"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(entry).isInstanceOf(Entry.Entered.class);
        ((Entry.Entered) entry).leave();
    }

    /** The waiting thread has seen its interrupt: it waits on, with the flag put aside. */
    private static void awaitTaken(Thread waiting) {
        while (waiting.isInterrupted()) {
            Thread.onSpinWait();
        }
    }
}
