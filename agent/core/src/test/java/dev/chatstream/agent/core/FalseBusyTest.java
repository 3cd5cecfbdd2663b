package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.QueueTest.busy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import dev.chatstream.agent.core.World.Attempt;
import dev.chatstream.agent.core.World.Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Never a false "busy": while the call before has not been answered, nobody knows whose the chat is. */
class FalseBusyTest {

    private final World world = new World();

    private Pod strict() {
        return world.pod(Tuned.with(s -> s.onRedisDown = OnRedisDown.REJECT));
    }

    private static Attempt reject(Pod pod) {
        return pod.call("c", null, OnBusy.REJECT);
    }

    private static void assertUnavailable(Attempt call) {
        assertThat(call.refusal()).isInstanceOf(Entry.Unavailable.class);
    }

    @Test
    void whereRedisCannotBeReachedARejectingCallHearsThatLikeTheOneBeforeIt() {
        Pod pod = strict();
        pod.store.goDown("test");
        Attempt first = pod.call("c");
        Attempt second = reject(pod);
        assertThat(second.isWaiting()).isTrue();
        world.advanceSeconds(2);
        assertUnavailable(first);
        assertUnavailable(second);
    }

    @Test
    void whereRedisCannotBeReachedACallWhoseTimeIsUpHearsThatToo() {
        Pod pod = strict();
        pod.store.goDown("test");
        Attempt first = pod.call("c");
        Attempt second = pod.call(QueueTest.call("c", Duration.ofMillis(100)));
        world.advance(Duration.ofMillis(1_999));
        assertThat(second.isWaiting()).isTrue();
        world.advance(Duration.ofMillis(1));
        assertUnavailable(first);
        assertUnavailable(second);
    }

    @Test
    void whereRedisFallsSilentBetweenTwoStreamsARejectingCallHearsThat() {
        Pod pod = strict();
        OpenStream holder = pod.open("c");
        Attempt next = pod.call("c");
        pod.store.faults(sent -> Fate.HOLD);
        holder.depart();
        Attempt last = reject(pod);
        assertThat(last.isWaiting()).isTrue();
        pod.store.held().forEach(HeldOperation::timeOut);
        assertUnavailable(next);
        assertUnavailable(last);
    }

    @Test
    void whoeverGetsInIsTheOneThatARejectingCallIsRefusedFor() {
        Pod pod = world.pod();
        pod.store.goDown("test");
        Attempt first = pod.call("c");
        Attempt rejecting = reject(pod);
        Attempt late = pod.call(QueueTest.call("c", Duration.ofMillis(100)));
        Attempt patient = pod.call("c");
        world.advanceSeconds(2);
        assertThat(busy(rejecting).ownerStreamId()).isEqualTo(first.stream().streamId());
        assertThat(busy(late).ownerStreamId()).isEqualTo(first.stream().streamId());
        assertThat(patient.isWaiting()).isTrue();
    }

    @Test
    void aRejectingCallIsRefusedAsSoonAsTheOneBeforeHearsOfAHolderElsewhere() {
        OpenStream holder = world.pod().open("c");
        Pod pod = world.pod();
        pod.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        Attempt first = pod.call("c");
        Attempt second = reject(pod);
        pod.store.held().remove().answer();
        assertThat(first.isWaiting()).isTrue();
        assertThat(busy(second).ownerStreamId()).isEqualTo(holder.streamId());
        assertThat(pod.store.count(Operation.ACQUIRE)).isEqualTo(1);
    }

    @Test
    void aRejectingCallGetsInWhereTheOneBeforeDoesNot() {
        Pod pod = world.pod();
        pod.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        pod.call("c", "w");
        Attempt second = reject(pod);
        pod.store.faults(null);
        pod.guard.abort("w").join();
        assertThat(second.stream().holdsLock()).isTrue();
    }

    @Test
    void theyDoNotExceedMaxWaiters() {
        Pod pod = world.pod(Tuned.with(s -> s.maxWaiters = 2));
        pod.store.goDown("test");
        pod.call("c");
        assertThat(reject(pod).isWaiting()).isTrue();
        assertThat(reject(pod).isWaiting()).isTrue();
        busy(reject(pod));
    }

    @Test
    void aSupersederWhoseTimeIsUpTakesTheChatFromACallThatGetsInAfterThat() {
        Pod pod = world.pod(Tuned.with(s -> s.acquireTimeout = Duration.ofMillis(500)));
        pod.store.faults(sent -> sent.operation() == Operation.ACQUIRE ? Fate.HOLD : Fate.APPLY);
        Attempt first = pod.call("c");
        Attempt superseder = pod.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(1);
        assertThat(superseder.isWaiting()).isTrue();
        pod.store.faults(null);
        pod.store.held().remove().answer();
        assertThat(first.stream().holdsLock()).isFalse();
        assertThat(superseder.stream().holdsLock()).isTrue();
    }

    @Test
    void whileOnlyObservingNobodyWaitsForTheAnswerToAnother() {
        Pod pod = world.pod(Tuned.with(s -> s.mode = Mode.OBSERVE));
        pod.store.goDown("test");
        pod.call("c");
        assertThat(pod.call("c").stream().isOpen()).isTrue();
    }
}
