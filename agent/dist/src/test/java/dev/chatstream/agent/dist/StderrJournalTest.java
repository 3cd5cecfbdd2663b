package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.Journal.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StderrJournalTest {

    private static final String BEGINNING = "[chatstream] 2026-01-02T03:04:05.006Z ";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final HandTicker ticker = new HandTicker();

    @Test
    void aLineHasPrefixTimeLevelAndMessage() {
        StderrJournal journal = journal(Level.DEBUG);
        journal.tell(Level.INFO, "kind", "one", null);
        journal.tell(Level.ERROR, "kind", "two", null);

        assertThat(lines()).containsExactly(BEGINNING + "INFO  one", BEGINNING + "ERROR two");
    }

    @ParameterizedTest
    @CsvSource({"ERROR, 1", "WARN, 2", "INFO, 3", "DEBUG, 4"})
    void theLogLevelLeavesOutWhatIsLessGrave(Level least, int told) {
        StderrJournal journal = journal(least);
        for (Level level : Level.values()) {
            journal.tell(level, "kind", "message", null);
        }

        assertThat(lines()).hasSize(told);
        assertThat(Level.values()).filteredOn(journal::tells).hasSize(told);
    }

    @Test
    void controlCharactersAreEscaped() {
        journal(Level.INFO).tell(Level.INFO, "kind", "a\nb\r\u001b[31m\u2028\u202e\u0000ü€ \\n", null);

        assertThat(lines()).containsExactly(BEGINNING + "INFO  a\\u000ab\\u000d\\u001b[31m\\u2028\\u202e\\u0000ü€ \\n");
    }

    @Test
    void theLinesOfAStackTraceAreEscapedAndPrefixedToo() {
        Throwable cause = new IllegalStateException("first\nforged line", new RuntimeException("deep"));
        journal(Level.INFO).tell(Level.ERROR, "kind", "message", cause);

        assertThat(lines()).allMatch(line -> line.startsWith("[chatstream] "));
        assertThat(lines())
                .contains(
                        "[chatstream]     java.lang.IllegalStateException: first\\u000aforged line",
                        "[chatstream]     Caused by: java.lang.RuntimeException: deep")
                .anyMatch(line -> line.contains("        at dev.chatstream.agent.dist.StderrJournalTest."))
                .hasSizeLessThanOrEqualTo(1 + 2 * 22);
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        Throwable one = new RuntimeException("one");
        Throwable other = new RuntimeException("other", one);
        one.initCause(other);
        journal(Level.INFO).tell(Level.ERROR, "kind", "message", one);

        assertThat(lines()).hasSizeLessThanOrEqualTo(1 + 6 * 22);
    }

    @Test
    void anExceptionThatCannotBePrintedIsNamed() {
        Throwable cause = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new UnsupportedOperationException();
            }
        };
        journal(Level.INFO).tell(Level.ERROR, "kind", "message", cause);

        assertThat(lines()).anyMatch(line -> line.endsWith("StderrJournalTest$1 (its message cannot be had)"));
    }

    @Test
    void tenOfOneKindASecondAreWrittenAndTheRestIsCountedWhenTheSecondIsOver() {
        StderrJournal journal = journal(Level.INFO);
        tell(journal, "kind", 25);
        journal.tell(Level.INFO, "other kind", "is not held back", null);

        assertThat(lines()).hasSize(11);
        ticker.pass(Duration.ofSeconds(1));
        assertThat(lines()).hasSize(12).last().isEqualTo(BEGINNING + "INFO  15 lines of this kind left out: kind");
        tell(journal, "kind", 10);
        assertThat(lines()).hasSize(22);
        ticker.pass(Duration.ofSeconds(1));
        assertThat(lines()).hasSize(22);
    }

    @Test
    void theCountIsSaidOnceAndOneWakeUpIsEnough() {
        StderrJournal journal = journal(Level.INFO);
        tell(journal, "kind", 1_000);

        assertThat(ticker.wakeUps()).isEqualTo(1);
        journal.close();
        assertThat(lines()).hasSize(11);
        ticker.pass(Duration.ofSeconds(2));
        journal.close();
        assertThat(lines()).hasSize(11);
    }

    @Test
    void aLineThatComesLateSaysWhatWasLeftOutBefore() {
        HandTicker deaf = new HandTicker() {
            @Override
            public void later(Duration delay, Runnable task) {}
        };
        StderrJournal journal = journal(Level.INFO, deaf);
        tell(journal, "kind", 11);
        deaf.pass(Duration.ofSeconds(5));
        tell(journal, "kind", 1);

        assertThat(lines()).hasSize(12);
        assertThat(lines().get(10)).endsWith("INFO  1 line of this kind left out: kind");
    }

    @Test
    void manyKindsAreBounded() {
        StderrJournal journal = journal(Level.INFO);
        IntStream.range(0, 10_000).forEach(i -> journal.tell(Level.INFO, "kind " + i, "message", null));

        assertThat(lines()).hasSize(256 + 10);
    }

    @Test
    void whatIsLeftOutIsSaidAtItsGravestLevel() {
        StderrJournal journal = journal(Level.INFO);
        tell(journal, "kind", 11);
        journal.tell(Level.WARN, "kind", "grave", null);
        ticker.pass(Duration.ofSeconds(1));

        assertThat(lines()).last().isEqualTo(BEGINNING + "WARN  2 lines of this kind left out: kind");
    }

    @Test
    void aThreadThatMustNotBlockLeavesTheWritingToAnother() throws Exception {
        BlockingQueue<Boolean> writers = new LinkedBlockingQueue<>();
        PrintStream slow = new PrintStream(new ByteArrayOutputStream()) {
            @Override
            public void print(String lines) {
                writers.add(Thread.currentThread().isVirtual());
            }
        };
        new StderrJournal(slow, Level.INFO, ticker, () -> true).tell(Level.INFO, "kind", "from an event loop", null);
        assertThat(writers.poll(30, TimeUnit.SECONDS)).isTrue();
        new StderrJournal(slow, Level.INFO, ticker, () -> false).tell(Level.INFO, "kind", "from any other", null);
        assertThat(writers.poll()).isFalse();
    }

    private static void tell(StderrJournal journal, String kind, int times) {
        IntStream.range(0, times).forEach(i -> journal.tell(Level.INFO, kind, "message " + i, null));
    }

    private StderrJournal journal(Level least) {
        return journal(least, ticker);
    }

    private StderrJournal journal(Level least, HandTicker with) {
        PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
        return new StderrJournal(stream, least, with);
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
