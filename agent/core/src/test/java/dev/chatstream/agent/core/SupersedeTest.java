package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.QueueTest.busy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** SUPERSEDE within one JVM. */
class SupersedeTest {

    private final World world = new World();
    private final Pod pod = world.pod();

    private Attempt supersede(Pod on) {
        return on.call("c", null, OnBusy.SUPERSEDE);
    }

    @Test
    void aFreeChatIsTakenAtOnce() {
        assertThat(supersede(pod).stream().holdsLock()).isTrue();
        assertThat(pod.store.sends()).isEqualTo(1);
    }

    @Test
    void theRunningStreamIsAbortedDirectlyAndWithoutAMarker() {
        OpenStream victim = pod.open("c");
        Attempt superseder = supersede(pod);
        assertThat(victim.abortReason()).contains(AbortReason.SUPERSEDED);
        assertThat(superseder.isWaiting()).isTrue();
        assertThat(pod.store.count(Operation.MARK) + pod.store.count(Operation.ASK))
                .isZero();
    }

    @Test
    void itWaitsForTheStreamToEndAndEntersThen() {
        OpenStream victim = pod.open("c");
        Attempt superseder = supersede(pod);
        world.advanceSeconds(4);
        assertThat(victim.holdsLock()).isTrue();
        assertThat(superseder.isWaiting()).isTrue();
        victim.depart();
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(superseder.stream().fence()).isGreaterThan(victim.fence());
    }

    @Test
    void afterTheAcquireTimeoutItTakesTheLockAwayAndEnters() {
        OpenStream victim = pod.open("c");
        Attempt superseder = supersede(pod);
        world.advanceSeconds(5);
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(victim.holdsLock()).isFalse();
        assertThat(world.server.lock("c")).contains(superseder.stream().streamId());
        victim.depart();
        world.advanceSeconds(100);
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(world.server.lock("c")).contains(superseder.stream().streamId());
    }

    @Test
    void theLockIsTakenAwayInOneStepSoThatNoOtherPodComesBetween() {
        pod.open("c");
        Attempt superseder = supersede(pod);
        Attempt elsewhere = world.pod().call("c");
        world.advanceSeconds(4);
        AtomicBoolean free = new AtomicBoolean();
        pod.store.faults(sent -> {
            free.compareAndSet(false, world.server.lock("c").isEmpty());
            return Fate.APPLY;
        });
        world.advanceSeconds(1);
        assertThat(free).isFalse();
        assertThat(superseder.stream().holdsLock()).isTrue();
        busy(elsewhere);
    }

    @Test
    void twoNeverBelieveInTheLockAtOnce() {
        OpenStream victim = pod.open("c");
        Attempt superseder = supersede(pod);
        AtomicBoolean believed = new AtomicBoolean(true);
        pod.store.faults(sent -> {
            if (sent.operation() == Operation.ACQUIRE) {
                believed.set(victim.holdsLock());
            }
            return Fate.APPLY;
        });
        world.advanceSeconds(5);
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(believed).isFalse();
    }

    @Test
    void itStandsInFrontOfTheQueueAndTheQueueGoesOnBehindIt() {
        OpenStream victim = pod.open("c");
        Attempt waiter = pod.call("c");
        Attempt superseder = supersede(pod);
        victim.depart();
        assertThat(waiter.isWaiting()).isTrue();
        superseder.stream().depart();
        assertThat(waiter.stream().holdsLock()).isTrue();
    }

    @Test
    void aLaterSupersederEndsTheWaitOfAnEarlierOne() {
        OpenStream victim = pod.open("c");
        Attempt earlier = supersede(pod);
        Attempt later = supersede(pod);
        assertThat(earlier.refusal())
                .isInstanceOfSatisfying(
                        Entry.Aborted.class, out -> assertThat(out.reason()).isEqualTo(AbortReason.SUPERSEDED));
        victim.depart();
        assertThat(later.stream().holdsLock()).isTrue();
    }

    @Test
    void aSupersederThatHasEnteredIsSupersededLikeAnyStream() {
        OpenStream victim = pod.open("c");
        Attempt first = supersede(pod);
        victim.depart();
        OpenStream second = first.stream();
        Attempt third = supersede(pod);
        assertThat(second.abortReason()).contains(AbortReason.SUPERSEDED);
        second.depart();
        assertThat(third.stream().holdsLock()).isTrue();
    }

    @Test
    void aCallThatIsOnItsWayInIsSupersededWhenItHasEntered() {
        pod.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        Attempt first = pod.call("c");
        Attempt superseder = supersede(pod);
        assertThat(first.isWaiting()).isTrue();
        pod.store.faults(null);
        pod.store.held().remove().answer();
        assertThat(first.stream().abortReason()).contains(AbortReason.SUPERSEDED);
        first.stream().depart();
        assertThat(superseder.stream().holdsLock()).isTrue();
    }

    @Test
    void aStreamThatWasStoppedBeforeKeepsThatReason() {
        OpenStream victim = pod.open("c");
        pod.guard.abortChat("c").join();
        Attempt superseder = supersede(pod);
        assertThat(victim.abortReason()).contains(AbortReason.STOPPED);
        victim.depart();
        assertThat(superseder.stream().holdsLock()).isTrue();
    }

    @Test
    void aCallThatLetsOtherPodsHaveATurnMakesWay() {
        OpenStream holder = pod.open("c");
        for (int i = 0; i < Chat.HANDOVERS_IN_A_ROW; i++) {
            Attempt next = pod.call("c");
            holder.depart();
            holder = next.stream();
        }
        Attempt pausing = pod.call("c");
        holder.depart();
        assertThat(pausing.isWaiting()).isTrue();
        Attempt superseder = supersede(pod);
        world.advanceSeconds(1);
        OpenStream first = superseder.stream();
        assertThat(pausing.isWaiting()).isTrue();
        first.depart();
        assertThat(pausing.stream().isAborted()).isFalse();
    }

    @Test
    void withoutAStoreItTakesThePlaceAwayAllTheSame() {
        Pod alone = world.podAlone();
        OpenStream victim = alone.open("c");
        Attempt superseder = supersede(alone);
        world.advanceSeconds(5);
        assertThat(superseder.stream().isOpen()).isTrue();
        assertThat(alone.journal.ofKind("given-back")).hasSize(1);
        Attempt waiter = alone.call("c");
        victim.depart();
        assertThat(waiter.isWaiting()).isTrue();
        superseder.stream().depart();
        assertThat(waiter.stream().isOpen()).isTrue();
    }

    @Test
    void aStopForTheSupersederEndsItsWaitAndTheQueueGoesOn() {
        OpenStream victim = pod.open("c");
        Attempt superseder = pod.call("c", "s", OnBusy.SUPERSEDE);
        Attempt waiter = pod.call("c");
        pod.guard.abort("s").join();
        assertThat(superseder.refusal()).isInstanceOf(Entry.Aborted.class);
        victim.depart();
        assertThat(waiter.stream().holdsLock()).isTrue();
    }
}
