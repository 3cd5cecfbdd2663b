package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import io.lettuce.core.SetArgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract 4, enter: SUPERSEDE. */
class SupersedeIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @Test
    void aSupersederAbortsTheStreamOnAnotherPodAndEntersWhenItHasSettled() {
        Told victim = stage.first().enter("v", "elsewhere", "wait");
        Told next = stage.second().enter("n", "elsewhere", "supersede");

        assertThat(stage.first().aborted("v")).isEqualTo("SUPERSEDED");
        assertThat(stage.first().left("v")).isEqualTo("stopped interrupted false");
        assertThat(next.fence()).isGreaterThan(victim.fence());
        assertThat(stage.holderOf("elsewhere")).isEqualTo(next.streamId());
        stage.second().end("n");
    }

    @Test
    void aSupersederAbortsTheStreamInItsOwnJvm() {
        Told victim = stage.first().enter("v2", "here", "wait");
        Told next = stage.first().enter("n2", "here", "supersede");

        assertThat(stage.first().aborted("v2")).isEqualTo("SUPERSEDED");
        assertThat(next.fence()).isGreaterThan(victim.fence());
        assertThat(stage.redis().client().exists(RedisUnderTest.markerOf(victim.streamId())))
                .as("no marker where none is needed")
                .isZero();
        stage.first().end("n2");
    }

    @Test
    void aStreamThatDoesNotSettleLosesItsLockAfterTheSuperedersAcquireTimeout() {
        Told victim = stage.first().enter("v3", "deaf", "deaf");
        Told next = stage.second().enter("n3", "deaf", "supersede");

        assertThat(stage.first().aborted("v3")).isEqualTo("SUPERSEDED");
        assertThat(next.holdsLock()).isTrue();
        assertThat(next.fence()).isGreaterThan(victim.fence());
        assertThat(stage.holderOf("deaf")).isEqualTo(next.streamId());
        stage.first().tell("end", "v3");
        assertThat(stage.first().left("v3")).startsWith("answered");
        assertThat(stage.holderOf("deaf")).as("not the victim's to give back").isEqualTo(next.streamId());
        stage.second().end("n3");
    }

    @Test
    void aSupersederStandsInFrontOfTheQueue() {
        stage.first().enter("v4", "front", "quiet");
        stage.first().ask("queued", "front", "wait");
        stage.first().ask("n4", "front", "supersede");
        assertThat(stage.first().aborted("v4")).isEqualTo("SUPERSEDED");
        stage.first().end("v4");
        stage.first().entered("n4");
        assertThat(stage.first().output().containing("entered queued")).isEmpty();
        stage.first().end("n4");
        stage.first().entered("queued");
        stage.first().end("queued");
    }

    @Test
    void aLaterSupersederEndsAnEarlierOnesWait() {
        stage.first().enter("v5", "twice", "quiet");
        stage.first().ask("n5", "twice", "supersede", "earlier");
        assertThat(stage.first().aborted("v5")).isEqualTo("SUPERSEDED");
        stage.first().ask("n6", "twice", "supersede", "later");
        assertThat(stage.first().threw("n5")).startsWith("aborted SUPERSEDED earlier");
        stage.first().end("v5");
        assertThat(stage.first().entered("n6").streamId()).isEqualTo("later");
        stage.first().end("n6");
    }

    @Test
    void whatThePlainClientHoldsIsAskedToStopAndTakenAfterTheAcquireTimeout() {
        stage.redis().client().set(RedisUnderTest.lockOf("plain"), "node-stream", SetArgs.Builder.px(60_000));
        stage.second().ask("n7", "plain", "supersede");

        Eventually.until(
                "the marker that the original service reads is there",
                () -> "1".equals(stage.redis().client().get(RedisUnderTest.markerOf("node-stream"))));
        Told next = stage.second().entered("n7");
        assertThat(stage.holderOf("plain")).isEqualTo(next.streamId());
        stage.second().end("n7");
    }

    @Test
    void observeNeverSupersedesAnything() {
        Pod observing = stage.pod(stage.plan().with("mode", "observe"));
        Told holder = stage.first().enter("v8", "observed", "wait");
        Told entered = observing.enter("n8", "observed", "supersede");
        assertThat(entered.holdsLock()).isFalse();
        assertThat(entered.fence()).isZero();
        observing.log().awaitContaining("mode=observe", entered.streamId(), "observed");
        assertThat(stage.first().state("v8").aborted()).isEqualTo("no");
        assertThat(stage.holderOf("observed")).isEqualTo(holder.streamId());
        observing.end("n8");
        assertThat(stage.holderOf("observed")).isEqualTo(holder.streamId());
        stage.first().end("v8");
    }
}
