package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.instrument.Weaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeavingReportTest {

    private static final String IDLE = "The rule com.acme.Chat#ask (the test) guards nothing: no such\nclass.";

    @TempDir
    Path directory;

    private final HandTicker ticker = new HandTicker();
    private final List<String> lines = new ArrayList<>();
    private final List<String> idle = new ArrayList<>();
    private Path file = Path.of(".");

    @BeforeEach
    void aPlaceForIt() {
        file = directory.resolve("weaving.txt");
    }

    private WeavingReport started(boolean strict) {
        WeavingReport report =
                new WeavingReport(file, Weaving.Report.empty(), () -> List.copyOf(idle), strict, ticker, new Notes());
        report.start();
        return report;
    }

    @Test
    void itIsWrittenAfterAMinuteAndAtTheEndAndNothingElseIsLeftBesideIt() throws IOException {
        WeavingReport report = started(false);
        ticker.pass(Duration.ofSeconds(59));
        assertThat(file).doesNotExist();
        ticker.pass(Duration.ofSeconds(1));
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "0 guarded methods, 0 not guarded, 0 rules that guard nothing",
                        "ChatStream development version, 2026-01-02T03:04:05.006Z");
        Files.delete(file);
        report.atExit();
        assertThat(file).exists();
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(file);
        }
        assertThat(lines).isEmpty();
        assertThat(ticker.wakeUps()).isZero();
    }

    @Test
    void whatIsOffIsSaidOnceWithThePlaceOfTheReport() throws IOException {
        idle.add(IDLE);
        WeavingReport report = started(false);
        ticker.pass(Duration.ofMinutes(1));
        report.atExit();

        String summary = "0 guarded methods, 0 not guarded, 1 rule that guards nothing";
        assertThat(lines).containsExactly("WARN Not all is guarded that should be: " + summary + "; see " + file + ".");
        assertThat(Files.readAllLines(file))
                .startsWith(summary)
                .endsWith("IDLE RULE    " + IDLE.replace("\n", "\\u000a"))
                .hasSize(3);
    }

    @Test
    void withStrictTheFirstLineSaysNotReadyUntilEveryRuleGuardsSomething() throws IOException {
        idle.add(IDLE);
        started(true);
        ticker.pass(Duration.ofMinutes(1));
        assertThat(Files.readAllLines(file).get(0))
                .isEqualTo("NOT READY (strict=true): 0 guarded methods, 0 not guarded, 1 rule that guards nothing");
        idle.clear();
        ticker.pass(Duration.ofMinutes(1));
        assertThat(Files.readAllLines(file).get(0)).startsWith("0 guarded methods");
        assertThat(ticker.wakeUps()).isZero();
    }

    @Test
    void whereItCannotBeWrittenThatIsOneLine() throws IOException {
        Files.createDirectory(file);
        WeavingReport report = started(false);
        ticker.pass(Duration.ofMinutes(1));
        report.atExit();
        assertThat(lines)
                .containsExactly("WARN report-file=" + file
                        + " cannot be written: java.io.IOException: it is no regular file. Said once.");
    }

    private final class Notes implements Journal {
        @Override
        public boolean tells(Level level) {
            return true;
        }

        @Override
        public void tell(Level level, String kind, String message, @Nullable Throwable cause) {
            lines.add(level + " " + message);
        }
    }
}
