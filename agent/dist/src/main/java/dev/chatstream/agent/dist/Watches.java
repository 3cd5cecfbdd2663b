package dev.chatstream.agent.dist;

import dev.chatstream.agent.instrument.Weaving;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts what tells, a minute after the start and at the end of the JVM, how the weaving went. */
final class Watches {

    private Watches() {}

    /**
     * @param rules null: there are none
     * @param report null: none is to be written
     * @param loaded gives the names of all classes that are loaded
     */
    static void start(
            Weaving.@Nullable Rules rules,
            Weaving.@Nullable Report report,
            AgentSettings settings,
            Supplier<List<String>> loaded,
            Instrumentation instrumentation,
            StderrJournal journal) {
        LineQuota.Ticker ticker = new SystemTicker();
        RuleWatch watch = rules == null ? null : new RuleWatch(rules, settings.isStrict(), loaded, ticker, journal);
        Optional<Path> file = settings.reportFile();
        WeavingReport written = report == null || file.isEmpty()
                ? null
                : new WeavingReport(
                        file.get(),
                        report,
                        () -> rules == null ? List.of() : rules.idle(loaded.get()),
                        settings.isStrict(),
                        ticker,
                        journal);
        if (watch != null) {
            watch.start();
        }
        if (written != null) {
            written.start();
        }
        LastHook.place(instrumentation, () -> atExit(watch, written));
    }

    /** What the report sums up has been said by then. */
    private static void atExit(@Nullable RuleWatch watch, @Nullable WeavingReport written) {
        if (watch != null) {
            watch.atExit();
        }
        if (written != null) {
            written.atExit();
        }
    }
}
