package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "5s, 5000",
        "200ms, 200",
        "1m, 60000",
        "2h, 7200000",
        "7d, 604800000",
        "PT5S, 5000",
        "PT0.2S, 200",
        "P1D, 86400000",
        "0, 0",
        "0s, 0",
        "007s, 7000"
    })
    void theseAreDurations(String text, long millis) {
        assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "5 s",
                "5sec",
                "5S",
                "-5s",
                "+5s",
                "1.5s",
                "1m30s",
                "PT-5S",
                "-PT5S",
                "P",
                "PT",
                "99999999999999999999s",
                "9223372036854775807d",
                "٥s",
                "0x5s"
            })
    void theseAreNone(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5000, 5s", "200, 200ms", "60000, 1m", "90000, 90s", "86400000, 1d", "333, 333ms", "0, 0"})
    void theyAreToldInTheLargestUnitThatFits(long millis, String text) {
        assertThat(Durations.text(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
