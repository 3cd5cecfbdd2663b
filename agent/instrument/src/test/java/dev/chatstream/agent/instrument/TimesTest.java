package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({"5s,PT5S", "200ms,PT0.2S", "PT5S,PT5S", "pt5s,PT5S", "1m,PT1M", "10m,PT10M", "0s,PT0S", "0h,PT0S"})
    void timesAreRead(String text, Duration expected) {
        assertThat(Times.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "s",
                "5 s",
                "-5s",
                "5x",
                "PT-5S",
                "PT",
                "P",
                "five",
                "1h",
                "11m",
                "99999999999999999999s",
                "5S",
                "1.5s"
            })
    void othersAreNone(String text) {
        assertThat(Times.parse(text)).isNull();
    }
}
