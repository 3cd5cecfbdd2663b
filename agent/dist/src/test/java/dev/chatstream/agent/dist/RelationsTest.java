package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelationsTest {

    @Test
    void theDefaultsFollowAShortTtl() {
        GuardSettings guard = Read.nothing().argument("lock-ttl=1s").settings().guard();

        assertThat(guard.commandTimeout()).isEqualTo(Duration.ofMillis(333));
        assertThat(guard.heartbeat()).isEqualTo(Duration.ofMillis(333));
        assertThat(guard.abortPoll()).isEqualTo(Duration.ofMillis(333));
    }

    @Test
    void thePollFollowsAShortHeartbeat() {
        GuardSettings guard =
                Read.nothing().argument("heartbeat=200ms").settings().guard();

        assertThat(guard.abortPoll()).isEqualTo(Duration.ofMillis(200));
        assertThat(guard.commandTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whatIsTooLongForTheTtlIsOneLineWithTheLimitAsItIsHere() {
        Read.From from = Read.nothing().argument("lock-ttl=6s;heartbeat=4s;redis-command-timeout=3s;abort-poll=2500ms");

        assertThat(from.lines())
                .containsExactly(
                        "redis-command-timeout=3s (agent argument) is not allowed: write a duration such as 200ms, 5s,"
                                + " 2m, 1h, 7d or PT5S, within 50ms to a third of lock-ttl, which is 2s here."
                                + " The default is used: 2s.",
                        "heartbeat=4s (agent argument) is not allowed: write a duration such as 200ms, 5s, 2m, 1h, 7d"
                                + " or PT5S, within 50ms to half of lock-ttl, which is 3s here."
                                + " The default is used: 2s.",
                        "abort-poll=2500ms (agent argument) is not allowed: write a duration such as 200ms, 5s, 2m, 1h,"
                                + " 7d or PT5S, within 50ms to the heartbeat, which is 2s here."
                                + " The default is used: 1s.");
        GuardSettings guard = from.settings().guard();
        assertThat(guard.heartbeat()).isEqualTo(Duration.ofSeconds(2));
        assertThat(guard.commandTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(guard.abortPoll()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatJustFitsTheTtlIsTaken() {
        Read.From from = Read.nothing().argument("lock-ttl=6s;heartbeat=3s;redis-command-timeout=2s;abort-poll=3s");

        assertThat(from.lines()).isEmpty();
        GuardSettings guard = from.settings().guard();
        assertThat(guard.heartbeat()).isEqualTo(Duration.ofSeconds(3));
        assertThat(guard.commandTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(guard.abortPoll()).isEqualTo(Duration.ofSeconds(3));
    }
}
