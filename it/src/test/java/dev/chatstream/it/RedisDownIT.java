package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Ports;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract 4: Redis that was never there, and no Redis at all. */
class RedisDownIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @Test
    void untilRedisHasAnsweredForTheFirstTimeThatItIsDegradedIsAnError() {
        int port = Ports.free();
        Pod pod = stage.launch(PodPlan.on("redis://127.0.0.1:" + port));
        Told told = pod.enter("a", "chat", "wait");
        assertThat(told.holdsLock()).isFalse();
        assertThat(told.fence()).isZero();
        pod.log().awaitContaining("ERROR", "has not answered since the start", "on-redis-down=degrade");
        pod.log().awaitContaining("no connection to Redis", "127.0.0.1:" + port, "refused", "redis-uri");
        pod.ask("b", "chat", "reject");
        assertThat(pod.busy("b")).startsWith(told.streamId());
        assertThat(pod.end("a")).startsWith("answered");
        assertThat(pod.log().all()).allMatch(line -> line.startsWith("[chatstream] "));
    }

    @Test
    void underRejectEveryCallIsRefusedAndNamesWhatToCheck() {
        Pod pod = stage.launch(PodPlan.on("redis://127.0.0.1:" + Ports.free()).with("on-redis-down", "reject"));
        pod.log().awaitContaining("no connection to Redis");
        pod.ask("a", "chat", "wait");
        assertThat(pod.threw("a")).startsWith("unavailable [chat] ").contains("refused", "redis-uri");
        pod.ask("b", "chat", "wait");
        assertThat(pod.threw("b")).startsWith("unavailable [chat] ");
    }

    @Test
    void stopReachesAStreamOfThisJvmWhileRedisIsAwayAndSaysSoWhereItCannot() {
        Pod pod = stage.launch(PodPlan.on("redis://127.0.0.1:" + Ports.free()));
        Told told = pod.enter("a", "chat", "wait");
        assertThat(pod.query("owner", "chat")).isEqualTo("Optional[" + told.streamId() + "]");
        assertThat(pod.query("owners", "chat,free"))
                .isEqualTo("Owners[verified=false, byChatId={chat=" + told.streamId() + "}]");
        assertThat(pod.query("abort", "elsewhere")).startsWith("dev.chatstream.ChatLockUnavailableException");
        assertThat(pod.query("abortChat", "chat")).isEqualTo("Optional[" + told.streamId() + "]");
        assertThat(pod.left("a")).isEqualTo("stopped interrupted false");
    }

    @Test
    void withoutARedisUriStreamsExcludeEachOtherWithinTheJvmAndThatIsSaidOnce() {
        Pod pod = stage.launch(PodPlan.bare());
        Told told = pod.enter("a", "chat", "wait");
        assertThat(told.holdsLock()).isFalse();
        pod.ask("b", "chat", "reject");
        assertThat(pod.busy("b")).startsWith(told.streamId());
        pod.ask("c", "chat", "wait");
        pod.end("a");
        pod.entered("c");
        pod.end("c");
        pod.log().awaitContaining("no redis-uri");
        assertThat(pod.log().containing("no redis-uri is set")).hasSize(1);
    }

    @Test
    void withoutARedisUriStopAndOwnerAnswerFromThisJvmAndNeverThrow() {
        Pod pod = stage.launch(PodPlan.bare());
        Told told = pod.enter("a", "chat", "wait");
        assertThat(pod.query("owner", "chat")).isEqualTo("Optional[" + told.streamId() + "]");
        assertThat(pod.query("owner", "free")).isEqualTo("Optional.empty");
        assertThat(pod.query("abort", "elsewhere")).isEqualTo("done");
        assertThat(pod.query("abortChat", "chat")).isEqualTo("Optional[" + told.streamId() + "]");
        assertThat(pod.left("a")).isEqualTo("stopped interrupted false");
    }

    @Test
    void aRedisThatComesLaterIsUsedFromThenOn() {
        Pod pod = stage.launch(stage.plan().with("lock-ttl", "3s"));
        stage.redis().kill();
        Told told = pod.enter("a", "later", "wait");
        stage.redis().restart();
        Eventually.until("its lock is there", () -> told.streamId().equals(stage.holderOf("later")));
        pod.end("a");
        stage.awaitHolder("later", null);
    }
}
