package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.dist.Values.Said;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the mode again from the config file, every ten seconds. What cannot be read or is wrong is said once and changes
 * nothing; a file that does not name the mode any more means the standard.
 */
final class ModeWatch {

    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Path file;
    private final Consumer<Mode> mode;
    private final LineQuota.Ticker ticker;
    private final Journal journal;
    private String complaint = "";

    ModeWatch(Path file, Consumer<Mode> mode, LineQuota.Ticker ticker, Journal journal) {
        this.file = file;
        this.mode = mode;
        this.ticker = ticker;
        this.journal = journal;
    }

    void start() {
        ticker.later(EVERY, this::lookAgainAndAgain);
    }

    private void lookAgainAndAgain() {
        try {
            look();
        } finally {
            start(); // whatever went wrong this time
        }
    }

    /** Switches to what the file says now. */
    void look() {
        Remarks remarks = new Remarks();
        Source source = Sources.file(file, "config-file", remarks);
        Optional<Said> said = source.given().stream()
                .filter(given -> given.key().equals(SettingsTable.MODE.key()))
                .map(given -> new Said(given.text().strip(), source))
                .filter(one -> !one.text().isEmpty())
                .findFirst();
        if (remarks.mistakes() > 0) {
            complain(remarks.all().getFirst().line());
            return;
        }
        Optional<Mode> read =
                SettingsTable.MODE.form().read(said.map(Said::text).orElse(SettingsTable.MODE.standardSaid()));
        if (read.isPresent()) {
            complaint = "";
            mode.accept(read.get());
        } else {
            Said wrong = said.orElseThrow();
            complain(Messages.wrong(
                    SettingsTable.MODE, wrong, SettingsTable.MODE.form().complaint(wrong.text())));
        }
    }

    private void complain(String line) {
        if (!line.equals(complaint)) {
            complaint = line;
            journal.tell(Level.WARN, "mode", line + " The mode stays as it is.", null);
        }
    }
}
