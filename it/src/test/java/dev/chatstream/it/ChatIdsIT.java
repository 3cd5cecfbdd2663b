package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract 4: chat ids of every kind, and calls without a usable one. */
class ChatIdsIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with spaces in it",
                "line\nbreak\r\n",
                "{braces}",
                "}{ {} {a}b}",
                "nul\0inside",
                "emoji \uD83D\uDE80 \u00E9\u4E2D",
                "quote ' \" \\ %s ${x} #chatId",
                "*?[a-z]",
                "..", // and one that is as long as may be: see below
            })
    void hostileIdsExcludeOnBothPodsAndBreakNoLogLine(String chatId) {
        String call = "id-" + Integer.toHexString(chatId.hashCode());
        Told told = stage.first().enter(call, chatId, "wait");
        assertThat(told.holdsLock()).isTrue();
        assertThat(stage.holderOf(chatId)).isEqualTo(told.streamId());
        stage.second().ask(call, chatId, "reject");
        assertThat(stage.second().busy(call)).startsWith(told.streamId());
        assertThat(stage.second().query("owner", chatId)).isEqualTo("Optional[" + told.streamId() + "]");
        assertThat(stage.second().query("abortChat", chatId)).isEqualTo("Optional[" + told.streamId() + "]");
        assertThat(stage.first().left(call)).startsWith("stopped");
        Eventually.until("the chat is free", () -> stage.holderOf(chatId) == null);
        stage.first().log().awaitContaining("aborted: STOPPED", told.streamId());
        assertThat(stage.first().log().all())
                .allMatch(line -> line.startsWith("[chatstream] "))
                .noneMatch(line -> line.contains("\0"));
    }

    @Test
    void streamIdsMayHoldAnythingToo() {
        String streamId = "s p\na{c}e \uD83D\uDE80";
        stage.first().ask("hostile", "streams", "wait", streamId);
        stage.first().output().await("entered hostile");
        assertThat(stage.holderOf("streams")).isEqualTo(streamId);
        assertThat(stage.second().query("abort", streamId)).isEqualTo("done");
        assertThat(stage.first().left("hostile")).startsWith("stopped");
        assertThat(stage.holderOf("streams")).isNull();
    }

    @Test
    void anIdOfFourKibibytesIsGuardedAndOneByteMoreIsNot() {
        String longest = "x".repeat(4096);
        assertThat(stage.first().enter("longest", longest, "wait").holdsLock()).isTrue();
        stage.first().end("longest");
        Told told = stage.first().enter("tooLong", longest + "y", "wait");
        assertThat(told.holdsLock()).isFalse();
        assertThat(told.chatId()).isEmpty();
        stage.first().end("tooLong");
    }

    @Test
    void anIdOfAMegabyteRunsWithoutALockAndIsSaidInAShortLine() {
        Pod pod = stage.pod();
        Told told = pod.enter("huge", "z".repeat(1 << 20), "wait");
        assertThat(told.chatId()).isEmpty();
        assertThat(pod.end("huge")).startsWith("answered");
        String line = pod.log().awaitContaining("WARN", "waits", "on-missing-chat-id=pass");
        assertThat(line.length()).isLessThan(500);
    }

    @Test
    void aCallWithoutAChatIdRunsWithoutALockCanBeStoppedAndIsSaidOncePerMethod() {
        Pod pod = stage.pod();
        Told one = pod.enter("null-1", "", "none");
        Told other = pod.enter("null-2", "", "none");
        assertThat(one.chatId()).isEmpty();
        assertThat(one.holdsLock()).isFalse();
        assertThat(one.fence()).isZero();
        pod.log().awaitContaining("WARN", "fromARequest", "no chat id");
        pod.enter("blank", "  ", "wait");
        pod.log().awaitContaining("WARN", "waits", "blank");
        stage.first().query("abort", other.streamId());
        assertThat(pod.left("null-2")).startsWith("stopped");
        pod.end("null-1");
        pod.end("blank");
        assertThat(pod.log().containing("with no chat id")).hasSize(1);
    }

    @Test
    void onMissingChatIdRejectThrowsIllegalArgumentException() {
        Pod pod = stage.pod(stage.plan().with("on-missing-chat-id", "reject"));
        pod.ask("null-3", "", "none");
        assertThat(pod.threw("null-3"))
                .startsWith("java.lang.IllegalArgumentException")
                .contains("fromARequest");
        pod.ask("blank-3", " ", "wait");
        assertThat(pod.threw("blank-3")).startsWith("java.lang.IllegalArgumentException");
    }

    @Test
    void anExpressionThatThrowsCountsAsNullWithItsCauseInTheLog() {
        Pod pod = stage.pod();
        assertThat(pod.enter("broken", "", "broken").chatId()).isEmpty();
        pod.log().awaitContaining("the getter is out of order");
        assertThat(pod.end("broken")).startsWith("answered");
    }
}
