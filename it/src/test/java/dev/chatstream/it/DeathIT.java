package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract 4: how a pod ends, or does not get any time, and what becomes of its chats. */
class DeathIT {

    private static final long TTL = 3_000;

    @RegisterExtension
    static final Stage stage = Stage.with(plan -> plan.with("lock-ttl", TTL + "ms"));

    @Test
    void aKilledPodsChatsAreFreeLockTtlAfterItsLastRenewal() {
        Pod pod = stage.pod();
        Told told = pod.enter("a", "killed", "wait");
        pod.kill();
        long left = stage.redis().client().pttl(RedisUnderTest.lockOf("killed"));
        assertThat(left).as("the time the dead pod's lock still has").isBetween(1L, TTL);

        Told next = stage.second().enter("b", "killed", "wait"); // waits: nobody extends it any more
        assertThat(next.fence()).isGreaterThan(told.fence());
        stage.second().end("b");
    }

    @Test
    void atSigtermHeartbeatsGoOnWhileTheApplicationsOwnHookDrainsAndThenWhatIsLeftIsAbortedAndReleased() {
        Pod pod = stage.pod(stage.plan().with("lock-ttl", "2s").arguments("drain"));
        Told told = pod.enter("c", "drained", "wait");
        pod.terminate();
        pod.output().await("draining");
        assertThat(pod.output().await("drained c")).contains(told.streamId() + " holds true", "aborted no");
        assertThat(pod.awaitEnd()).isEqualTo(143);
        assertThat(stage.holderOf("drained")).isNull();
        assertThat(pod.output().containing("aborted c SHUTDOWN")).hasSize(1);
    }

    @Test
    void aDeafStreamIsReleasedAtSigtermToo() {
        Pod pod = stage.pod();
        pod.enter("d", "deafAtTheEnd", "deaf");
        pod.terminate();
        assertThat(pod.awaitEnd()).isEqualTo(143);
        assertThat(stage.holderOf("deafAtTheEnd")).isNull();
    }

    @Test
    void waitingCallsEndWithShutdownAtTheEnd() {
        Pod pod = stage.pod(stage.plan().with("acquire-timeout", "10m"));
        stage.first().enter("e", "waitedFor", "wait");
        pod.ask("f", "waitedFor", "wait", "waiting");
        pod.enter("g", "other", "wait"); // the one before it waits by now, or comes later: both end so
        pod.terminate();
        assertThat(pod.awaitEnd()).isEqualTo(143);
        assertThat(pod.output().containing("threw f aborted SHUTDOWN waiting")).hasSize(1);
        stage.first().end("e");
    }

    @Test
    void systemExitKeepsItsCodeAndReleases() {
        Pod pod = stage.pod();
        pod.enter("h", "exited", "wait");
        pod.tell("exit", "7");
        assertThat(pod.awaitEnd()).isEqualTo(7);
        assertThat(stage.holderOf("exited")).isNull();
    }

    @Test
    void aJvmThatHasNothingMoreToDoEndsWithNothingLeftBehind() {
        Pod pod = stage.pod();
        pod.enter("i", "returned", "wait");
        pod.end("i");
        assertThat(pod.finish()).isZero(); // main returns: no thread of the agent keeps the JVM
    }

    @Test
    void aPodThatIsPausedLongerThanTheTtlIsToldThatItsChatBelongsToAnother() {
        Pod pod = stage.pod();
        Told told = pod.enter("j", "paused", "wait");
        pod.signal("STOP");
        Told next = stage.second().enter("k", "paused", "wait");
        assertThat(next.fence()).isGreaterThan(told.fence());
        pod.signal("CONT");

        assertThat(pod.aborted("j")).isEqualTo("LOCK_LOST");
        assertThat(pod.left("j")).isEqualTo("stopped interrupted false");
        assertThat(stage.holderOf("paused")).isEqualTo(next.streamId());
        assertThat(stage.second().state("k")).isEqualTo(next);
        stage.second().end("k");
    }

    @Test
    void aPodThatIsPausedLongerThanTheTtlWhileNobodyComesTakesItsChatAgain() {
        Pod pod = stage.pod();
        Told told = pod.enter("l", "pausedAlone", "wait");
        pod.signal("STOP");
        stage.awaitHolder("pausedAlone", null);
        pod.signal("CONT");
        stage.awaitHolder("pausedAlone", told.streamId());
        assertThat(pod.state("l").aborted()).isEqualTo("no");
        pod.end("l");
        assertThat(stage.holderOf("pausedAlone")).isNull();
    }
}
