package dev.chatstream.agent.dist;

import dev.chatstream.agent.instrument.Weaving;
import dev.chatstream.agent.instrument.Weaving.Finding;
import dev.chatstream.agent.instrument.Weaving.Verdict;
import java.util.List;

/**
 * What {@code check} has found.
 *
 * @param mistakes besides the methods that are not guarded
 */
record Checkup(String version, Weaving.Checked checked, List<String> mistakes) {

    boolean isFine() {
        return mistakes.isEmpty() && notGuarded() == 0;
    }

    private long notGuarded() {
        return checked.findings().stream()
                .filter(finding -> finding.verdict() == Verdict.NOT_GUARDED)
                .count();
    }

    /** For people: what is wrong first. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (String mistake : mistakes) {
            text.append("MISTAKE      ");
            Escapes.append(text, mistake);
            text.append('\n');
        }
        for (Finding finding : checked.findings()) {
            text.append(FindingText.line(finding)).append('\n');
        }
        for (String remark : checked.remarks()) {
            text.append("note         ");
            Escapes.append(text, remark);
            text.append('\n');
        }
        long notGuarded = notGuarded();
        text.append(FindingText.count(checked.classes(), "class"))
                .append(": ")
                .append(FindingText.count(checked.findings().size() - notGuarded, "guarded method"))
                .append(", ")
                .append(notGuarded)
                .append(" not guarded, ")
                .append(FindingText.count(mistakes.size(), "other mistake"))
                .append(".\n");
        return text.toString();
    }
}
