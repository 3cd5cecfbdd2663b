package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The protocol's promises under commands that come late, twice and in any order. A few seconds in every build; longer with
 * {@code -Dlate.seconds=600}, and one world again with {@code -Dlate.seed=…}.
 */
class LateCommandsTest {

    private static final Duration FOR = Duration.ofSeconds(Long.getLong("late.seconds", 3));
    private static final int STEPS = 80;

    @Test
    void aChatHasOneEntitledStreamWithTheHighestFenceAndNobodyTouchesItsLock() {
        Long only = Long.getLong("late.seed");
        long seed = only == null ? System.nanoTime() : only;
        long end = System.nanoTime() + FOR.toNanos();
        int worlds = 0;
        try (RedisServer server = RedisServer.start();
                Resp redis = server.client()) {
            do {
                world(redis, seed++);
                worlds++;
            } while (only == null && System.nanoTime() - end < 0);
        }
        assertThat(worlds).isPositive();
    }

    private static void world(Resp redis, long seed) {
        try {
            new LateWorld(redis, seed).run(STEPS);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }
}
