package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import org.junit.jupiter.api.Test;

class LossTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();
    private final World.Pod easy = world.pod(Tuned.with(s -> s.onLost = OnLost.CONTINUE));

    private static Call call(String chatId, String streamId, String requestId, OnLost onLost) {
        return new Call(new Call.Rule("Chat#stream", null, null, onLost, true), chatId, streamId, requestId);
    }

    /** Another stream has the lock by now, and the next renewal says so. */
    private void stolen(String chatId) {
        world.server.deleteLock(chatId);
        world.server.takeAsPlainPod(chatId, "thief", World.TTL);
        world.advanceSeconds(20);
    }

    @Test
    void onLostAbortAbortsTheStream() {
        OpenStream stream = pod.open("c");
        stolen("c");
        assertThat(stream.abortReason()).contains(AbortReason.LOCK_LOST);
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.leaseRemaining()).isZero();
    }

    @Test
    void onLostContinueLetsItRunAndTheHeartbeatStopsButNotTheAbortPoll() {
        OpenStream stream = easy.open("c", "s");
        stolen("c");
        assertThat(stream.isAborted()).isFalse();
        assertThat(stream.holdsLock()).isFalse();
        long renewals = easy.store.count(Operation.RENEW);
        world.advanceSeconds(100);
        assertThat(easy.store.count(Operation.RENEW)).isEqualTo(renewals);
        world.server.mark("s");
        world.advanceSeconds(1);
        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
        assertThat(world.server.marked("s")).isFalse();
    }

    @Test
    void aRuleOfItsOwnStandsBeforeTheSetting() {
        OpenStream runsOn = pod.call(call("c", null, null, OnLost.CONTINUE)).stream();
        OpenStream ends = easy.call(call("d", null, null, OnLost.ABORT)).stream();
        stolen("c");
        stolen("d");
        assertThat(runsOn.isAborted()).isFalse();
        assertThat(ends.abortReason()).contains(AbortReason.LOCK_LOST);
    }

    @Test
    void oneWarnNamesChatStreamAndRequest() {
        OpenStream stream = pod.call(call("chat 1", "stream 1", "request 1", null)).stream();
        stolen("chat 1");
        world.advanceSeconds(100);
        assertThat(pod.journal.lines().stream().filter(line -> line.level() == Journal.Level.WARN))
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("chat 1", "stream 1", "request 1"));
        stream.depart();
    }

    @Test
    void aSupersededStreamIsAbortedUnderContinueToo() {
        OpenStream stream = easy.open("c");
        World.Attempt superseder = pod.call("c", null, OnBusy.SUPERSEDE);
        easy.paused = true;
        world.advanceSeconds(6);
        assertThat(superseder.stream().holdsLock()).isTrue();
        easy.paused = false;
        easy.store.faults(sent -> sent.operation() == Operation.MARKED ? Fate.ARRIVE_LATE : Fate.APPLY);
        world.advanceSeconds(20);
        assertThat(stream.abortReason()).contains(AbortReason.SUPERSEDED);
        assertThat(stream.holdsLock()).isFalse();
    }

    @Test
    void aLostStreamNeverJoinsAgainThoughTheChatIsFree() {
        OpenStream stream = easy.open("c");
        stolen("c");
        world.server.deleteLock("c");
        world.advanceSeconds(200);
        assertThat(stream.holdsLock()).isFalse();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void aLostStreamStillReleases() {
        OpenStream stream = easy.open("c");
        stolen("c");
        long releases = easy.store.count(Operation.RELEASE);
        stream.depart();
        assertThat(easy.store.count(Operation.RELEASE)).isEqualTo(releases + 1);
        assertThat(world.server.lock("c")).as("not its own").contains("thief");
        world.advanceSeconds(100);
        assertThat(easy.store.count(Operation.RELEASE)).isEqualTo(releases + 1);
    }

    /** A renewal that was slow takes the lock after its stream was told that it is lost: the release finds it. */
    @Test
    void theReleaseOfALostStreamFreesWhatALateRenewalTook() {
        OpenStream stream = easy.open("c");
        world.advanceSeconds(18);
        easy.store.faults(sent -> sent.operation() == Operation.RENEW ? Fate.ARRIVE_LATE : Fate.APPLY);
        world.advanceSeconds(1);
        HeldOperation late = easy.store.held().remove();
        easy.store.faults(null);
        stream.lost(((Lease.Change.Lost) stream.lease().lose(Lease.Loss.GONE)).loss());
        world.server.deleteLock("c");
        late.arrive();
        assertThat(world.server.lock("c")).contains(stream.streamId());
        stream.depart();
        assertThat(world.server.lock("c")).isEmpty();
    }

    @Test
    void thePlaceInThisJvmEndsWithTheLoss() {
        OpenStream lost = easy.open("c");
        World.Attempt waiter = easy.call(new Call(
                new Call.Rule("Chat#stream", null, java.time.Duration.ofMinutes(2), null, true), "c", null, null));
        stolen("c");
        assertThat(lost.isOpen()).isTrue();
        assertThat(waiter.isWaiting()).as("the thief has it").isTrue();
        world.server.deleteLock("c");
        world.advanceSeconds(1);
        assertThat(waiter.stream().holdsLock()).isTrue();
        assertThat(lost.isOpen()).isTrue();
    }

    @Test
    void thePlaceEndsWhenTheStreamIsSuperseded() {
        OpenStream stream = easy.open("c");
        easy.store.faults(sent -> sent.operation() == Operation.MARKED ? Fate.ARRIVE_LATE : Fate.APPLY);
        World.Attempt superseder = pod.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(25);
        superseder.stream().depart();
        assertThat(stream.isOpen()).isTrue();
        assertThat(easy.open("c").holdsLock()).isTrue();
    }

    @Test
    void thePlaceEndsWhenTheGraceIsOver() {
        OpenStream stream = pod.open("c");
        stream.abort(AbortReason.STOPPED, "test");
        world.advanceSeconds(9);
        assertThat(pod.call("c", null, OnBusy.REJECT).refusal()).isInstanceOf(Entry.Busy.class);
        world.advanceSeconds(1);
        assertThat(stream.isOpen()).isTrue();
        assertThat(pod.open("c").holdsLock()).isTrue();
    }

    @Test
    void thePlaceEndsWhenASupersederHereOverrulesIt() {
        OpenStream stream = pod.open("c");
        World.Attempt superseder = pod.call("c", null, OnBusy.SUPERSEDE);
        world.advanceSeconds(4);
        assertThat(superseder.isWaiting()).isTrue();
        world.advanceSeconds(1);
        assertThat(superseder.stream().holdsLock()).isTrue();
        assertThat(stream.isOpen()).isTrue();
        assertThat(stream.holdsLock()).isFalse();
    }

    @Test
    void thePlaceEndsWithTheStream() {
        OpenStream stream = pod.open("c");
        stream.depart();
        assertThat(pod.open("c").holdsLock()).isTrue();
    }
}
