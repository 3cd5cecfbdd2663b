package dev.chatstream.agent.dist;

import dev.chatstream.agent.instrument.Weaving.Finding;
import dev.chatstream.agent.instrument.Weaving.Verdict;
import java.util.Map;

/** What is known of a method, in a line for people: in the report, and on the terminal. */
final class FindingText {

    private FindingText() {}

    static String line(Finding finding) {
        return finding.verdict() == Verdict.GUARDED ? guarded(finding) : notGuarded(finding);
    }

    private static String guarded(Finding finding) {
        StringBuilder text = new StringBuilder("guarded      ");
        Escapes.append(text, finding.method());
        text.append("; held ").append(held(finding.shape()));
        for (Map.Entry<String, String> named : finding.names().entrySet()) {
            text.append("; ").append(named.getKey()).append(' ');
            Escapes.append(text, named.getValue());
        }
        text.append("; by ");
        Escapes.append(text, finding.source());
        for (String remark : finding.remarks()) {
            text.append("; note: ");
            Escapes.append(text, remark);
        }
        return text.toString();
    }

    /** A shape is the name of a type, or says itself until when. */
    private static String held(String shape) {
        return shape.startsWith("until ") || shape.startsWith("as ") ? shape : "as " + shape;
    }

    private static String notGuarded(Finding finding) {
        StringBuilder text = new StringBuilder("NOT GUARDED  ");
        Escapes.append(text, finding.method());
        if (!finding.source().isEmpty()) {
            text.append("; by ");
            Escapes.append(text, finding.source());
        }
        text.append("; why: ");
        Escapes.append(text, finding.why());
        return text.toString();
    }

    /** {@code 1 method}, {@code 2 methods}. */
    static String count(long number, String what) {
        return number + " " + (number == 1 ? what : what.endsWith("s") ? what + "es" : what + "s");
    }
}
