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

/** Contract 4, run: what happens to a stream whose lock is stolen, deleted or held too long. */
class OwnershipIT {

    @RegisterExtension
    static final Stage stage = Stage.with(plan -> plan.with("heartbeat", "200ms"));

    @Test
    void aStolenLockAbortsTheStreamAndIsOneWarnWithChatStreamAndRequest() {
        Told told = stage.first().enter("a", "stolen", "wait");
        steal("stolen");
        assertThat(stage.first().aborted("a")).isEqualTo("LOCK_LOST");
        assertThat(stage.first().left("a")).isEqualTo("stopped interrupted false");
        stage.first().log().awaitContaining("WARN", "lock lost", told.streamId(), "stolen", "r-a");
        assertThat(stage.holderOf("stolen")).isEqualTo("thief");
        assertThat(stage.first().log().containing("lock lost").stream().filter(line -> line.contains("chat stolen")))
                .hasSize(1);
    }

    @Test
    void onLostContinueLetsTheStreamRunWithoutALockAndAbortPollingGoesOn() {
        Told told = stage.first().enter("b", "continued", "goesOn");
        steal("continued");
        stage.first().log().awaitContaining("WARN", "lock lost", told.streamId());
        assertThat(stage.first().state("b").aborted()).isEqualTo("no");
        assertThat(stage.first().state("b").holdsLock()).isFalse();
        assertThat(stage.first().state("b").fence()).isEqualTo(told.fence());

        stage.second().query("abort", told.streamId());
        assertThat(stage.first().aborted("b")).isEqualTo("STOPPED");
        assertThat(stage.first().left("b")).startsWith("stopped");
        assertThat(stage.holderOf("continued")).isEqualTo("thief");
    }

    @Test
    void theHeartbeatStopsWhenTheLockIsLost() {
        Told told = stage.first().enter("c", "lost", "goesOn");
        steal("lost");
        stage.first().log().awaitContaining("WARN", "lock lost", told.streamId());
        stage.redis().client().pexpire(RedisUnderTest.lockOf("lost"), 500);
        stage.awaitHolder("lost", null); // nobody extends the thief's
        Told next = stage.second().enter("d", "lost", "reject");
        assertThat(next.fence()).isGreaterThan(told.fence());
        stage.first().end("c");
        assertThat(stage.holderOf("lost")).isEqualTo(next.streamId());
        stage.second().end("d");
    }

    @Test
    void aKeyThatAnOperatorDeletedIsTakenAgainAndSaid() {
        Told told = stage.first().enter("e", "deleted", "wait");
        stage.redis().client().del(RedisUnderTest.lockOf("deleted"));
        stage.awaitHolder("deleted", told.streamId());
        stage.first().log().awaitContaining("deleted", "taken again", "abortChat");
        assertThat(stage.first().state("e")).isEqualTo(told);
        stage.first().end("e");
        assertThat(stage.holderOf("deleted")).isNull();
    }

    @Test
    void flushallIsSurvived() {
        Told one = stage.first().enter("f", "flushed-1", "wait");
        Told other = stage.second().enter("g", "flushed-2", "wait");
        stage.redis().client().flushall();
        stage.awaitHolder("flushed-1", one.streamId());
        stage.awaitHolder("flushed-2", other.streamId());
        assertThat(stage.first().state("f")).isEqualTo(one);
        stage.first().end("f");
        stage.second().end("g");
        assertThat(stage.holderOf("flushed-1")).isNull();
    }

    @Test
    void aKeyThatIsGoneAndWasHeldByAnotherMeanwhileIsNotTakenAgain() {
        Told told = stage.first().enter("h", "between", "wait");
        stage.first().signal("STOP");
        stage.redis().client().del(RedisUnderTest.lockOf("between"));
        Told next = stage.second().enter("i", "between", "reject");
        stage.second().end("i");
        stage.first().signal("CONT");

        assertThat(stage.first().aborted("h")).isEqualTo("LOCK_LOST");
        assertThat(stage.first().left("h")).startsWith("stopped");
        assertThat(next.fence()).isGreaterThan(told.fence());
        assertThat(stage.holderOf("between")).isNull();
    }

    @Test
    void aStreamHeldLongerThanMaxHoldIsAborted() {
        Pod brief = stage.pod(stage.plan().with("max-hold", "1s"));
        brief.enter("j", "held", "wait");
        assertThat(brief.aborted("j")).isEqualTo("MAX_HOLD");
        assertThat(brief.left("j")).isEqualTo("stopped interrupted false");
        // its onAbort callback may run for a moment longer, and keeps the lock meanwhile
        Eventually.until("the chat is free", () -> stage.holderOf("held") == null);
    }

    @Test
    void onLostOfTheSettingsCountsWhereTheAnnotationSaysNone() {
        Pod careless = stage.pod(stage.plan().with("on-lost", "continue"));
        Told told = careless.enter("k", "careless", "wait");
        steal("careless");
        careless.log().awaitContaining("WARN", "lock lost", told.streamId());
        assertThat(careless.end("k")).startsWith("answered");
        assertThat(careless.state("k").aborted()).isEqualTo("no");
    }

    @Test
    void observeTakesAndKeepsFreeLocksAndAbortsNothingButByStop() {
        Pod observing = stage.pod(stage.plan().with("mode", "observe").with("max-hold", "1s"));
        Told told = observing.enter("l", "observed", "wait");
        assertThat(stage.holderOf("observed")).isEqualTo(told.streamId());
        Told twice = observing.enter("m", "observed", "reject", told.streamId());
        assertThat(twice.holdsLock()).isFalse();
        observing.log().awaitContaining("mode=observe", "observed", "without a lock");
        observing.end("m");
        steal("observed");
        observing.log().awaitContaining("WARN", "lock lost", told.streamId());
        assertThat(observing.state("l").aborted()).isEqualTo("no");
        stage.second().query("abort", told.streamId());
        assertThat(observing.left("l")).startsWith("stopped");
    }

    private static void steal(String chatId) {
        stage.redis().client().set(RedisUnderTest.lockOf(chatId), "thief", SetArgs.Builder.px(60_000));
        Eventually.until("it is stolen", () -> "thief".equals(stage.holderOf(chatId)));
    }
}
