package dev.chatstream.it.chaos;

import dev.chatstream.it.chaos.Story.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Looks for broken promises in what is known of a run, and tells what was counted. */
final class Checker {

    private static final long AROUND = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final int LINES = 60;

    private record Line(long at, String text) {}

    private final Evidence evidence;
    private final Entitlement entitlement;
    private final Fences fences;
    private final Endings endings;
    private final List<Violation> violations = new ArrayList<>();

    Checker(Evidence evidence) {
        this.evidence = evidence;
        this.entitlement = new Entitlement(evidence);
        this.fences = new Fences(evidence);
        this.endings = new Endings(evidence);
        violations.addAll(entitlement.check());
        violations.addAll(fences.check());
        violations.addAll(endings.check());
    }

    List<Violation> violations() {
        return violations;
    }

    /** How many pairs of times of entitlement were looked at. */
    long compared() {
        return entitlement.compared();
    }

    String counts() {
        List<Story> stories = evidence.stories();
        StringBuilder text = new StringBuilder();
        line(text, "calls", stories.size());
        line(text, "  entered", count(stories, "left", true));
        line(
                text,
                "    of these the plain client's",
                count(stories.stream().filter(Story::isPlain).toList(), "left", true));
        line(text, "    stopped", count(stories, "left:STOPPED", false));
        line(text, "    superseded", count(stories, "left:SUPERSEDED", false));
        line(text, "    lost", count(stories, "left:LOCK_LOST", false));
        line(text, "  busy", count(stories, "busy", false));
        line(text, "  aborted while waiting", count(stories, "aborted", true));
        line(text, "  refused, Redis away", count(stories, "unavailable", false));
        line(text, "  cut off by a death", count(stories, "-", false));
        for (Fault.Kind kind : Fault.Kind.values()) {
            line(text, kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), count(kind));
        }
        line(
                text,
                "looks at a lock",
                stories.stream().mapToLong(s -> s.samples.size()).sum());
        line(text, "times of entitlement", entitlement.spans());
        line(text, "pairs of them compared", entitlement.compared());
        line(text, "locks in Redis", evidence.ledger().locks().size());
        line(text, "fences given", fences.given());
        line(text, "longest lock without its stream, ms", TimeUnit.NANOSECONDS.toMillis(endings.longest()));
        line(text, "violations", violations.size());
        return text.toString();
    }

    private static void line(StringBuilder text, String what, long number) {
        text.append(String.format(Locale.ROOT, "%-40s %9d%n", what, number));
    }

    private static long count(List<Story> stories, String outcome, boolean beginsSo) {
        return stories.stream()
                .filter(s -> beginsSo ? s.outcome.startsWith(outcome) : s.outcome.equals(outcome))
                .count();
    }

    private long count(Fault.Kind kind) {
        return evidence.faults().stream().filter(fault -> fault.kind() == kind).count();
    }

    /** The first of each rule, with what happened around it. */
    String extracts() {
        StringBuilder text = new StringBuilder();
        Set<String> told = new HashSet<>();
        for (Violation violation : violations) {
            if (!told.add(violation.rule())) {
                continue;
            }
            text.append("\n--- ").append(violation.rule()).append(": chat ").append(violation.chat());
            text.append(", ").append(violation.what()).append('\n');
            around(violation)
                    .forEach(line -> text.append(String.format(
                            Locale.ROOT, "%12.3f ms  %s%n", (line.at - violation.from()) / 1e6, line.text)));
        }
        return text.toString();
    }

    private List<Line> around(Violation violation) {
        List<Line> lines = new ArrayList<>();
        for (Fault fault : evidence.faults()) {
            lines.add(new Line(fault.from(), "conductor: " + fault));
        }
        for (Story story : evidence.stories()) {
            if (story.chat.equals(violation.chat()) && !story.samples.isEmpty()) {
                tell(story, lines);
            }
        }
        for (Ledger.Lock lock : evidence.ledger().locks()) {
            if (lock.chat.equals(violation.chat())) {
                lines.add(new Line(evidence.clock().nanos(lock.from()), "Redis: begins " + lock));
                lines.add(new Line(evidence.clock().nanos(lock.until()), "Redis: ends " + lock));
            }
        }
        lines.removeIf(line -> line.at < violation.from() - AROUND || line.at > violation.to() + AROUND);
        lines.sort(Comparator.comparingLong(line -> Math.abs(line.at - violation.from())));
        return lines.stream()
                .limit(LINES)
                .sorted(Comparator.comparingLong(Line::at))
                .toList();
    }

    private static void tell(Story story, List<Line> lines) {
        lines.add(new Line(story.began, story + " is called"));
        for (Span span : story.spans()) {
            lines.add(new Line(span.from(), story + " is entitled from here, at the latest"));
            lines.add(new Line(span.to(), story + " is entitled to here, at least"));
        }
        if (story.ended != Story.NEVER) {
            lines.add(new Line(story.ended, story + " has ended: " + story.outcome));
        }
    }
}
