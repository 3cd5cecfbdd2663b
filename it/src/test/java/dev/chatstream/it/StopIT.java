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

/** Contract 4: a Stop reaches the stream wherever it runs, and always frees the chat. */
class StopIT {

    @RegisterExtension
    static final Stage stage = Stage.with(plan -> plan.with("abort-grace", "300ms"));

    @Test
    void abortOnAnotherPodStopsTheStreamAndLeavesNoInterruptFlag() {
        Told told = stage.first().enter("a", "afar", "wait");
        assertThat(stage.second().query("abort", told.streamId())).isEqualTo("done");

        assertThat(stage.first().aborted("a")).isEqualTo("STOPPED");
        assertThat(stage.first().left("a")).isEqualTo("stopped interrupted false");
        // its onAbort callback may run for a moment longer, and keeps the lock meanwhile
        Eventually.until("the chat is free", () -> stage.holderOf("afar") == null);
        stage.first()
                .log()
                .awaitContaining("stream " + told.streamId() + " in chat afar", "aborted: STOPPED", "marker");
        Eventually.until("the marker is cleared", () -> !hasMarker(told.streamId()));
    }

    @Test
    void abortInTheSameJvmStopsTheStream() {
        Told told = stage.first().enter("b", "here", "wait");
        stage.first().query("abort", told.streamId());
        assertThat(stage.first().left("b")).isEqualTo("stopped interrupted false");
        assertThat(stage.first().state("b").aborted()).isEqualTo("STOPPED");
    }

    @Test
    void abortChatStopsTheStreamThatHoldsTheChatAndNamesIt() {
        Told told = stage.first().enter("c", "byChat", "wait");
        assertThat(stage.second().query("abortChat", "byChat")).isEqualTo("Optional[" + told.streamId() + "]");
        assertThat(stage.first().left("c")).isEqualTo("stopped interrupted false");
        assertThat(stage.second().query("abortChat", "byChat")).isEqualTo("Optional.empty");
    }

    @Test
    void theMarkerThatTheOriginalServiceWritesStopsTheStream() {
        Told told = stage.first().enter("d", "marker", "wait", "by-marker");
        stage.redis().client().set(RedisUnderTest.markerOf("by-marker"), "1", SetArgs.Builder.ex(3600));
        assertThat(stage.first().aborted("d")).isEqualTo("STOPPED");
        assertThat(stage.first().left("d")).startsWith("stopped");
        assertThat(told.streamId()).isEqualTo("by-marker");
        Eventually.until("the marker is cleared", () -> !hasMarker("by-marker"));
    }

    @Test
    void askingTwiceIsAskingOnce() {
        Told told = stage.first().enter("e", "twice", "quiet");
        stage.second().query("abort", told.streamId());
        assertThat(stage.first().aborted("e")).isEqualTo("STOPPED");
        stage.second().query("abort", told.streamId());
        stage.first().query("abort", told.streamId());
        stage.first().end("e");
        assertThat(stage.first().output().containing("aborted e ")).hasSize(1);
    }

    @Test
    void aMethodThatLeavesWithTheFlagThatTheAbortSetLeavesNoFlagBehind() {
        Told told = stage.first().enter("f", "flag", "busily");
        stage.second().query("abort", told.streamId());
        assertThat(stage.first().left("f")).isEqualTo("saw the flag interrupted false");
    }

    @Test
    void anInterruptOfSomebodyElseIsKept() {
        stage.first().enter("g", "foreign", "busily");
        stage.first().tell("interrupt", "g");
        assertThat(stage.first().left("g")).isEqualTo("saw the flag interrupted true");
    }

    @Test
    void interruptibleFalseIsNeverInterruptedAndThePlainValueIsReturnedAsItIs() {
        Told told = stage.first().enter("h", "quiet", "quiet");
        stage.second().query("abort", told.streamId());
        assertThat(stage.first().aborted("h")).isEqualTo("STOPPED");
        stage.first().tell("throwIfAborted", "h");
        assertThat(stage.first().output().await("known h")).isEqualTo("known h STOPPED");
        assertThat(stage.first().end("h")).isEqualTo("answered interrupted false");
    }

    @Test
    void aMethodThatIgnoresTheStopLosesItsLockAfterAbortGraceAndTheChatIsFree() {
        Told told = stage.first().enter("i", "deaf", "deaf");
        stage.second().query("abort", told.streamId());
        stage.first().output().await("ignored i");
        stage.awaitHolder("deaf", null);
        stage.first().log().awaitContaining("WARN", told.streamId(), "deaf", "runDeafly");
        assertThat(stage.first().state("i").holdsLock()).isFalse();

        Told next = stage.second().enter("j", "deaf", "reject");
        assertThat(next.fence()).isGreaterThan(told.fence());
        assertThat(stage.first().end("i")).isEqualTo("answered interrupted false");
        assertThat(stage.holderOf("deaf")).isEqualTo(next.streamId());
        stage.second().end("j");
    }

    @Test
    void aFutureIsCompletedWithChatAbortedExceptionInTheApplicationsOwnCopyOfTheApi() {
        Told told = stage.first().enter("k", "future", "future");
        assertThat(stage.holderOf("future")).isEqualTo(told.streamId());
        stage.second().query("abort", told.streamId());
        assertThat(stage.first().output().await("completed k")).isEqualTo("completed k ChatAbortedException");
        stage.first().threw("k"); // the JDK wraps it for whoever waits in get()
        stage.awaitHolder("future", null);
    }

    @Test
    void aFuturesLockIsHeldUntilItIsDone() {
        Told told = stage.first().enter("l", "later", "future");
        stage.second().ask("m", "later", "reject");
        assertThat(stage.second().busy("m")).startsWith(told.streamId());
        assertThat(stage.first().end("l")).startsWith("answered");
        stage.awaitHolder("later", null);
    }

    @Test
    void aStopWithNobodyThereLeavesTheMarkerOfContractFive() {
        Pod asker = stage.second();
        assertThat(asker.query("abort", "nobody")).isEqualTo("done");
        String marker = RedisUnderTest.markerOf("nobody");
        assertThat(stage.redis().client().get(marker)).isEqualTo("1");
        assertThat(stage.redis().client().ttl(marker)).isBetween(3500L, 3600L);
    }

    @Test
    void aMarkerFromBeforeTheCallStopsNothingAndIsDeleted() {
        stage.redis().client().set(RedisUnderTest.markerOf("old"), "1", SetArgs.Builder.ex(3600));
        stage.first().enter("n", "old", "wait", "old");
        Eventually.until("the old marker is deleted", () -> !hasMarker("old"));
        assertThat(stage.first().state("n").aborted()).isEqualTo("no");
        stage.first().end("n");
    }

    @Test
    void ownerAndOwnersNameTheStreamOnWhicheverPod() {
        Told told = stage.first().enter("o", "owned", "wait");
        assertThat(stage.second().query("owner", "owned")).isEqualTo("Optional[" + told.streamId() + "]");
        assertThat(stage.second().query("owners", "owned,free"))
                .isEqualTo("Owners[verified=true, byChatId={owned=" + told.streamId() + "}]");
        stage.first().end("o");
        assertThat(stage.first().query("owner", "owned")).isEqualTo("Optional.empty");
    }

    private static boolean hasMarker(String streamId) {
        return stage.redis().client().exists(RedisUnderTest.markerOf(streamId)) > 0;
    }
}
