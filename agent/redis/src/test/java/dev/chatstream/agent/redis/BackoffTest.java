package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long a store waits between two tries to connect. */
class BackoffTest {

    private static final List<Integer> MOST = List.of(50, 100, 200, 400, 800, 1600, 2000, 2000, 2000);

    private static List<Long> waits() {
        Backoff backoff = new Backoff();
        return Stream.generate(backoff::next)
                .limit(MOST.size())
                .map(Duration::toMillis)
                .toList();
    }

    @Test
    void itDoublesUpToTwoSeconds() {
        for (int pod = 0; pod < 100; pod++) {
            List<Long> waits = waits();
            for (int i = 0; i < MOST.size(); i++) {
                assertThat(waits.get(i)).isBetween(MOST.get(i) / 2L, (long) MOST.get(i));
            }
        }
    }

    @Test
    void manyPodsDoNotComeBackInStep() {
        assertThat(Stream.generate(BackoffTest::waits).limit(100).map(List::getLast))
                .satisfies(
                        waits -> assertThat(waits.stream().distinct().count()).isGreaterThan(20));
    }
}
