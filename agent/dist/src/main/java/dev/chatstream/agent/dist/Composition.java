package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.dist.Remarks.Remark;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts together: settings, journal, engine, weaving.
 *
 * <p>It runs in premain, so nothing here connects, waits, or loads what is needed only once a method is guarded.
 */
final class Composition {

    private static final int WRONG_SETTINGS = 1;

    private final PrintStream stderr;

    Composition(PrintStream stderr) {
        this.stderr = stderr;
    }

    void start(@Nullable String argument, Instrumentation instrumentation) {
        SettingsReader.Outcome read = SettingsReader.read(argument, System.getProperties(), System.getenv());
        AgentSettings settings = read.settings();
        StderrJournal journal = new StderrJournal(stderr, settings.logLevel(), new SystemTicker(), LineClock.system());
        tell(read.remarks(), settings, journal);
        if (!settings.isWoven()) {
            journal.tell(Level.INFO, "off", settings.whyNotWoven() + ": nothing is guarded.", null);
            return;
        }
    }

    /** Says what is wrong with the settings, and ends the JVM where it is to be strict about that. */
    private static void tell(Remarks remarks, AgentSettings settings, StderrJournal journal) {
        boolean stops = settings.isStrict() && remarks.mistakes() > 0;
        int number = 0;
        for (Remark remark : remarks.all()) {
            number++; // each is of a kind of its own, so that none is left out
            boolean why = stops && remark.kind() == Remarks.Kind.MISTAKE;
            String line =
                    why || remark.consequence().isEmpty() ? remark.line() : remark.line() + " " + remark.consequence();
            journal.tell(why ? Level.ERROR : Level.WARN, "setting " + number, line, null);
        }
        if (stops) {
            String line = "strict=true: the JVM stops before the application starts; mistakes in the settings: "
                    + remarks.mistakes() + ".";
            journal.tell(Level.ERROR, "strict", line, null);
            // an exception from premain would end the JVM too, but with a stack trace of the JVM's own
            System.exit(WRONG_SETTINGS);
        }
    }
}
