package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract 4: Redis answers with an error, not at all, or is away for a while; never a false busy, and calls go on. */
class RedisTroubleIT {

    private static final String PASSWORD = "limited-secret";

    @RegisterExtension
    static final Stage stage = Stage.with(plan -> plan.with("lock-ttl", "3s").with("redis-command-timeout", "500ms"));

    @AfterEach
    void heal() {
        redis().clientPause(0);
        redis().configSet("maxmemory", "0");
        redis().replicaofNoOne();
        redis().aclDeluser("limited");
        redis().flushall();
    }

    @Test
    void aRestartInTheMiddleOfAnAnswerIsSurvived() {
        Pod pod = calm(stage.plan());
        Told told = pod.enter("a", "restarted", "wait");
        stage.redis().kill();
        pod.log().awaitContaining("WARN", "cannot be reached", "on-redis-down=degrade");
        stage.redis().restart();
        pod.log().awaitContaining("INFO", "can be reached: chats");
        stage.awaitHolder("restarted", told.streamId());
        pod.log().awaitContaining("WARN", "taken again"); // Redis has it before the pod has the answer
        assertThat(pod.state("a").holdsLock()).isTrue();
        assertThat(pod.state("a").fence()).isEqualTo(told.fence());
        assertThat(pod.end("a")).isEqualTo("answered interrupted false");
        stage.awaitHolder("restarted", null);
        assertThat(pod.log().containing("WARN"))
                .as("one for the outage, and one for the lock that Redis had forgotten")
                .hasSize(2);
    }

    @Test
    void aCallWhileRedisIsAwayEntersWithoutALockAndJoinsWhenItIsBack() {
        Pod pod = calm(stage.plan());
        stage.redis().kill();
        Told told = pod.enter("b", "joins", "wait");
        assertThat(told.isGuarded()).isTrue();
        assertThat(told.holdsLock()).isFalse();
        assertThat(told.fence()).isZero();
        pod.ask("c", "joins", "reject");
        assertThat(pod.busy("c")).as("one stream a chat within this JVM").startsWith(told.streamId());

        stage.redis().restart();
        stage.awaitHolder("joins", told.streamId());
        Eventually.until("it knows", () -> pod.state("b").holdsLock());
        assertThat(pod.state("b").fence()).isPositive();
        pod.end("b");
        stage.awaitHolder("joins", null);
    }

    @Test
    void ofTwoDegradedPodsTheFirstToJoinKeepsTheChatAndTheOtherIsLost() {
        Pod one = calm(stage.plan());
        Pod other = calm(stage.plan());
        stage.redis().kill();
        Told first = one.enter("d", "twice", "wait");
        Told second = other.enter("e", "twice", "wait");
        stage.redis().restart();
        Eventually.until("one of them holds it", () -> stage.holderOf("twice") != null);
        boolean firstWon = first.streamId().equals(stage.holderOf("twice"));
        Pod winner = firstWon ? one : other;
        Pod loser = firstWon ? other : one;
        assertThat(loser.aborted(firstWon ? "e" : "d")).isEqualTo("LOCK_LOST");
        assertThat(stage.holderOf("twice")).isIn(first.streamId(), second.streamId());
        winner.end(firstWon ? "d" : "e");
    }

    @Test
    void underRejectACallIsRefusedWhileRedisIsAwayAndALeaseThatRunsOutIsLost() {
        Pod pod = calm(stage.plan().with("on-redis-down", "reject"));
        pod.enter("f", "rejected", "wait");
        stage.redis().kill();
        pod.ask("g", "another", "wait");
        assertThat(pod.threw("g")).startsWith("unavailable [another] ");
        assertThat(pod.aborted("f")).isEqualTo("LOCK_LOST");
        assertThat(pod.left("f")).startsWith("stopped");
        assertThat(pod.query("owner", "another")).contains("ChatLockUnavailableException");
        stage.redis().restart();
        pod.log().awaitContaining("INFO", "can be reached: chats");
        pod.enter("h", "another", "wait");
        pod.end("h");
    }

    @Test
    void aRedisThatIsSilentForAWhileCostsNoStreamItsLock() {
        Pod pod = calm(stage.plan());
        Told told = pod.enter("i", "silent", "wait");
        redis().clientPause(2_000);
        pod.log().awaitContaining("WARN", "cannot be reached");
        Told degraded = pod.enter("j", "meanwhile", "wait");
        assertThat(degraded.holdsLock()).isFalse();
        pod.log().awaitContaining("INFO", "can be reached: chats");
        stage.awaitHolder("silent", told.streamId());
        stage.awaitHolder("meanwhile", degraded.streamId());
        pod.end("i");
        pod.end("j");
        stage.awaitHolder("silent", null);
        stage.awaitHolder("meanwhile", null);
    }

    @Test
    void fullMemoryIsDegradedAndSaidWithARemedyAndRunningStreamsKeepTheirLocks() {
        Pod pod = calm(stage.plan());
        Told told = pod.enter("k", "before", "wait");
        redis().configSet("maxmemory", "1");
        assertThat(pod.enter("l", "full", "wait").holdsLock()).isFalse();
        pod.log().awaitContaining("WARN", "OOM", "maxmemory");
        assertThat(stage.holderOf("full")).isNull();
        assertThat(pod.state("k")).isEqualTo(told);
        redis().configSet("maxmemory", "0");
        pod.log().awaitContaining("INFO", "can be reached: chats");
        Eventually.until("it joins", () -> pod.state("l").holdsLock());
        pod.end("k");
        pod.end("l");
    }

    @Test
    void aReplicaIsDegradedAndSaidWithARemedy() {
        Pod pod = calm(stage.plan());
        redis().replicaof("127.0.0.1", 1);
        assertThat(pod.enter("m", "replica", "wait").holdsLock()).isFalse();
        pod.log().awaitContaining("READONLY", "primary");
        redis().replicaofNoOne();
        pod.log().awaitContaining("INFO", "can be reached: chats");
        Eventually.until("it joins", () -> pod.state("m").holdsLock());
        pod.end("m");
        stage.awaitHolder("replica", null);
    }

    @Test
    void aDeniedCommandIsDegradedLeavesNoLockBehindAndIsSaidWithARemedy() {
        redis().aclSetuser(
                        "limited",
                        AclSetuserArgs.Builder.on()
                                .addPassword(PASSWORD)
                                .allKeys()
                                .allChannels()
                                .allCommands()
                                .removeCommand(CommandType.SET));
        Pod pod = stage.pod(
                stage.plan().with("redis-username", "limited").environment("CHATSTREAM_REDIS_PASSWORD", PASSWORD));
        assertThat(pod.enter("n", "denied", "wait").holdsLock()).isFalse();
        pod.log().awaitContaining("rights");
        assertThat(stage.holderOf("denied")).isNull();
        assertThat(redis().exists(RedisUnderTest.lockOf("denied"))).isZero();
        pod.end("n");
        assertThat(pod.log().toString()).doesNotContain(PASSWORD);
    }

    /** A pod that has said all that it says at its start. */
    private static Pod calm(PodPlan plan) {
        Pod pod = stage.pod(plan);
        pod.log().awaitContaining("connected to");
        pod.log().skip();
        return pod;
    }

    private static RedisCommands<String, String> redis() {
        return stage.redis().client();
    }
}
