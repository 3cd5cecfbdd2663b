package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract 5: what stands in Redis, and for how long. */
class KeysIT {

    private static final long HOUR = 3_600_000;

    @RegisterExtension
    static final Stage stage = Stage.with(plan -> plan.with("lock-ttl", "9s"));

    @BeforeEach
    void empty() {
        stage.redis().client().flushall();
    }

    @Test
    void theLockHoldsTheStreamIdAndNothingElseForLockTtl() {
        Told told = stage.first().enter("a", "chat 1", "wait");
        assertThat(redis().type("copilot:chat-stream-lock:chat 1")).isEqualTo("string");
        assertThat(redis().get("copilot:chat-stream-lock:chat 1")).isEqualTo(told.streamId());
        assertThat(redis().pttl("copilot:chat-stream-lock:chat 1")).isBetween(1L, 9_000L);
        stage.first().end("a");
    }

    @Test
    void anyFurtherKeyBeginsWithChatstreamAndExpires() {
        stage.first().enter("b", "chat-2", "wait");
        assertOnlyOurs("copilot:chat-stream-lock:chat-2");
        stage.first().end("b");
        assertThat(redis().exists("copilot:chat-stream-lock:chat-2")).isZero();
        assertOnlyOurs("copilot:chat-stream-lock:chat-2");
    }

    @Test
    void aStreamIdOfTheAgentsOwnIsUniqueAndHoldsNoSpace() {
        Told one = stage.first().enter("c", "chat-3", "wait");
        Told other = stage.second().enter("d", "chat-4", "wait");
        assertThat(one.streamId()).isNotEqualTo(other.streamId()).matches("\\S{16,64}");
        stage.first().end("c");
        stage.second().end("d");
    }

    @Test
    void theAbortMarkerIsOneForAnHour() {
        stage.first().query("abort", "stream-9");
        assertThat(redis().get("mothership_stream:stream-9:abort")).isEqualTo("1");
        assertThat(redis().pttl("mothership_stream:stream-9:abort")).isBetween(HOUR - 120_000, HOUR);
    }

    @Test
    void keyNamespaceStandsLiterallyBeforeEveryKey() {
        Pod shop = stage.pod(stage.plan().with("key-namespace", "shop:"));
        Told told = shop.enter("e", "chat-5", "wait");
        assertThat(redis().get("shop:copilot:chat-stream-lock:chat-5")).isEqualTo(told.streamId());
        shop.query("abort", "stream-10");
        assertThat(redis().get("shop:mothership_stream:stream-10:abort")).isEqualTo("1");
        assertThat(redis().keys("*")).allMatch(key -> key.startsWith("shop:"));

        Told apart = stage.first().enter("f", "chat-5", "reject"); // another namespace is another world
        assertThat(apart.holdsLock()).isTrue();
        stage.first().end("f");
        redis().set("shop:mothership_stream:" + told.streamId() + ":abort", "1", SetArgs.Builder.ex(60));
        assertThat(shop.aborted("e")).isEqualTo("STOPPED");
        assertThat(shop.left("e")).startsWith("stopped");
    }

    @Test
    void aStreamThatTookTheLockBackLeavesNoKeyThatNeverExpires() {
        stage.first().enter("g", "chat-6", "wait");
        stage.second().ask("h", "chat-6", "supersede");
        stage.second().entered("h");
        stage.second().end("h");
        assertOnlyOurs("copilot:chat-stream-lock:chat-6");
    }

    private static void assertOnlyOurs(String lock) {
        List<String> keys = redis().keys("*");
        assertThat(keys)
                .allMatch(key -> key.equals(lock)
                        || key.startsWith("chatstream:")
                        || key.startsWith("mothership_stream:") && key.endsWith(":abort"));
        for (String key : keys) {
            assertThat(redis().pttl(key)).as(key).isNotEqualTo(-1); // -2: expired meanwhile
            assertThat(redis().pttl(key)).as(key).isLessThanOrEqualTo(HOUR + 9_000);
        }
    }

    private static RedisCommands<String, String> redis() {
        return stage.redis().client();
    }

    @Test
    void theLockIsDeletedOnlyByTheStreamThatHoldsIt() {
        stage.first().enter("i", "chat-7", "goesOn");
        redis().set(RedisUnderTest.lockOf("chat-7"), "somebody-else", SetArgs.Builder.px(60_000));
        assertThat(stage.first().end("i")).startsWith("answered");
        assertThat(stage.holderOf("chat-7")).isEqualTo("somebody-else");
        assertThat(redis().pttl(RedisUnderTest.lockOf("chat-7")))
                .as("not extended, not cut")
                .isBetween(9_001L, 60_000L);
    }
}
