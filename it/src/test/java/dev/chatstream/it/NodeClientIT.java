package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import io.lettuce.core.SetArgs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract 5: the original Node.js service reads and writes the same keys, and both kinds of pod exclude each other. */
class NodeClientIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @Test
    void aChatThatThePlainClientHoldsIsBusyAndItsStreamIsNamed() {
        assertThat(plainLock("held", "node-1", 60_000)).isTrue();
        stage.first().ask("a", "held", "reject");
        assertThat(stage.first().busy("a")).startsWith("node-1 chat [held]");
        assertThat(stage.first().query("owner", "held")).isEqualTo("Optional[node-1]");
        assertThat(stage.holderOf("held")).isEqualTo("node-1");
    }

    @Test
    void aWaitingCallEntersWhenThePlainClientDeletesItsKey() {
        plainLock("deleted", "node-2", 60_000);
        stage.first().ask("b", "deleted", "wait");
        stage.redis().client().del(RedisUnderTest.lockOf("deleted"));
        assertThat(stage.holderOf("deleted")).isNotEqualTo("node-2");
        Told told = stage.first().entered("b");
        assertThat(stage.holderOf("deleted")).isEqualTo(told.streamId());
        stage.first().end("b");
    }

    @Test
    void aWaitingCallEntersWhenThePlainClientsKeyExpires() {
        plainLock("expired", "node-3", 1_000);
        Told told = stage.first().enter("c", "expired", "wait");
        assertThat(told.holdsLock()).isTrue();
        stage.first().end("c");
    }

    @Test
    void thePlainClientIsKeptOutByAStreamOfOurs() {
        Told told = stage.first().enter("d", "ours", "wait");
        assertThat(plainLock("ours", "node-4", 1_000)).isFalse();
        assertThat(stage.holderOf("ours")).isEqualTo(told.streamId());
        stage.first().end("d");
        assertThat(plainLock("ours", "node-4", 60_000)).isTrue();
    }

    @Test
    void abortChatWritesTheMarkerThatThePlainClientReads() {
        plainLock("stopped", "node-5", 60_000);
        assertThat(stage.first().query("abortChat", "stopped")).isEqualTo("Optional[node-5]");
        assertThat(stage.redis().client().get(RedisUnderTest.markerOf("node-5")))
                .isEqualTo("1");
    }

    /** As the original does: SET NX with an expiry. */
    private static boolean plainLock(String chatId, String streamId, long millis) {
        return "OK"
                .equals(stage.redis()
                        .client()
                        .set(
                                RedisUnderTest.lockOf(chatId),
                                streamId,
                                SetArgs.Builder.nx().px(millis)));
    }
}
