package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.instrument.Weaving;
import dev.chatstream.agent.instrument.Weaving.Finding;
import dev.chatstream.agent.instrument.Weaving.Verdict;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes {@code report-file}: a minute after the start and when the JVM ends; with {@code strict} also each minute, for as long
 * as a rule guards nothing. Loaded only where that file is set. What is off is said once, with the place of the file; what it
 * is was said when it was found.
 */
final class WeavingReport {

    private final Path file;
    private final Weaving.Report report;
    private final Supplier<List<String>> idleRules;
    private final boolean strict;
    private final LineQuota.Ticker ticker;
    private final Journal journal;
    private boolean warned;
    private boolean failed;

    /** @param idleRules gives a line for each rule that guards nothing */
    WeavingReport(
            Path file,
            Weaving.Report report,
            Supplier<List<String>> idleRules,
            boolean strict,
            LineQuota.Ticker ticker,
            Journal journal) {
        this.file = file.toAbsolutePath();
        this.report = report;
        this.idleRules = idleRules;
        this.strict = strict;
        this.ticker = ticker;
        this.journal = journal;
    }

    void start() {
        ticker.later(RuleWatch.MINUTE, this::aMinuteLater);
    }

    private void aMinuteLater() {
        if (write() && strict) {
            ticker.later(RuleWatch.MINUTE, this::aMinuteLater);
        }
    }

    void atExit() {
        write();
    }

    /**
     * Answers whether a rule guards nothing.
     *
     * <p>Race: the minute may be over just when the JVM ends; then one waits for the other to have written, and both files are
     * whole.
     */
    private synchronized boolean write() {
        List<Finding> findings = report.findings();
        List<String> idle = idleRules.get();
        long notGuarded = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.NOT_GUARDED)
                .count();
        String summary = summary(findings.size() - notGuarded, notGuarded, idle.size());
        boolean written = write(lines(findings, idle, summary));
        if (notGuarded + idle.size() > 0 && !warned) {
            warned = true;
            String where = written ? "see " + file : "the lines above tell why";
            journal.tell(
                    Level.WARN, "report", "Not all is guarded that should be: " + summary + "; " + where + ".", null);
        }
        return !idle.isEmpty();
    }

    private static String summary(long guarded, long notGuarded, int idle) {
        return FindingText.count(guarded, "guarded method") + ", " + notGuarded + " not guarded, "
                + FindingText.count(idle, "rule") + (idle == 1 ? " that guards nothing" : " that guard nothing");
    }

    private List<String> lines(List<Finding> findings, List<String> idle, String summary) {
        List<String> lines = new ArrayList<>();
        if (strict && !idle.isEmpty()) {
            lines.add("NOT READY (strict=true): " + summary);
        } else {
            lines.add(summary);
        }
        lines.add("ChatStream " + AgentMain.version() + ", " + Instant.ofEpochMilli(ticker.currentTimeMillis()));
        for (String rule : idle) {
            StringBuilder line = new StringBuilder("IDLE RULE    ");
            Escapes.append(line, rule);
            lines.add(line.toString());
        }
        for (Finding finding : findings) {
            lines.add(FindingText.line(finding));
        }
        return lines;
    }

    /** Whoever reads it meanwhile sees the one before, or this one. */
    private boolean write(List<String> lines) {
        Path fresh = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new IOException("it is no regular file");
            }
            try {
                Files.write(fresh, lines);
                move(fresh);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return true;
        } catch (IOException | RuntimeException unwritable) {
            if (!failed) {
                failed = true;
                journal.tell(
                        Level.WARN,
                        "report file",
                        "report-file=" + file + " cannot be written: " + unwritable + ". Said once.",
                        null);
            }
            return false;
        }
    }

    private void move(Path fresh) throws IOException {
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
