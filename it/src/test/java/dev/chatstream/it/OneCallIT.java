package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.RedisUnderTest;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract 4: enter, run, leave. */
class OneCallIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @Test
    void anAnnotatedCallHoldsTheLockInRedisUntilItReturns() {
        Told told = stage.first().enter("a", "c1", "wait");

        assertThat(told.holdsLock()).isTrue();
        assertThat(told.fence()).isPositive();
        assertThat(told.chatId()).isEqualTo("c1");
        assertThat(stage.holderOf("c1")).isEqualTo(told.streamId());

        assertThat(stage.first().end("a")).isEqualTo("answered interrupted false");
        assertThat(stage.holderOf("c1")).isNull();
        assertThat(stage.first().state("a").holdsLock()).isFalse();
        assertThat(stage.first().state("a").fence())
                .as("kept after the lock is gone")
                .isEqualTo(told.fence());
    }

    @Test
    void theLockIsGivenBackWhenTheMethodThrowsAndTheExceptionIsItsOwn() {
        stage.first().enter("thrower", "c2", "wait");
        stage.first().tell("fail", "thrower");

        assertThat(stage.first().threw("thrower")).isEqualTo("java.lang.IllegalArgumentException as the test wants");
        assertThat(stage.holderOf("c2")).isNull();
    }

    @Test
    void aStreamIdOfTheApplicationsIsTheLocksValue() {
        Told told = stage.first().enter("own-id", "c3", "wait", "message-17");

        assertThat(told.streamId()).isEqualTo("message-17");
        assertThat(stage.holderOf("c3")).isEqualTo("message-17");
        assertThat(stage.first().end("own-id")).startsWith("answered");
    }

    @Test
    void fencesGrowWithEveryStreamThatGetsTheChatOnWhicheverPod() {
        long last = 0;
        for (int i = 0; i < 6; i++) {
            Pod pod = i % 2 == 0 ? stage.first() : stage.second();
            Told told = pod.enter("turn-" + i, "c4", "wait");
            assertThat(told.fence()).isGreaterThan(last);
            last = told.fence();
            pod.end("turn-" + i);
        }
    }

    @Test
    void theHeartbeatKeepsTheLockForLongerThanItsTtl() {
        Told told = stage.first().enter("long", "c5", "wait");
        String lock = RedisUnderTest.lockOf("c5");
        long deadline = System.nanoTime() + 13_000_000_000L; // more than twice the TTL: time is the subject
        while (System.nanoTime() < deadline) {
            assertThat(stage.holderOf("c5")).isEqualTo(told.streamId());
            assertThat(stage.redis().client().pttl(lock)).isPositive();
            pause();
        }
        assertThat(stage.first().state("long")).isEqualTo(told);
        stage.first().end("long");
    }

    @Test
    void withoutTheAgentTheApplicationBehavesAsItAlwaysDid() {
        Pod pod = stage.launch(stage.plan().withoutAgent());
        assertThat(pod.enter("one", "c6", "reject").isGuarded()).isFalse();
        assertThat(pod.enter("two", "c6", "reject").isGuarded()).isFalse();
        assertThat(stage.holderOf("c6")).isNull();
        assertThat(pod.query("owner", "c6")).isEqualTo("Optional.empty");
        assertThat(pod.query("abort", "x")).isEqualTo("done");
        assertThat(pod.output().await("ready")).isEqualTo("ready - agent false");
        assertThat(pod.log().all()).isEmpty();
    }

    @Test
    void enabledFalseWeavesNothing() {
        Pod pod = stage.launch(stage.plan().with("enabled", "false"));
        assertThat(pod.enter("one", "c7", "reject").isGuarded()).isFalse();
        assertThat(pod.enter("two", "c7", "reject").isGuarded()).isFalse();
        assertThat(pod.output().await("ready")).isEqualTo("ready - agent false");
        assertThat(stage.holderOf("c7")).isNull();
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
