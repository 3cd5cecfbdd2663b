package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.List;

/** Says of rules that guard nothing why, as far as it is known, and what they may have meant. */
final class RuleReport {

    private static final int MOST_SHOWN = 10;

    private final List<String> known;
    private final boolean loaded;

    private RuleReport(List<String> known, boolean loaded) {
        this.known = known;
        this.loaded = loaded;
    }

    /** @param loaded the names of the classes that are loaded */
    static RuleReport ofLoaded(List<String> loaded) {
        return new RuleReport(loaded, true);
    }

    /** @param files the names of the classes whose files are given */
    static RuleReport ofFiles(List<String> files) {
        return new RuleReport(files, false);
    }

    /** A line for each. */
    List<String> idle(List<MethodRule> rules) {
        List<String> lines = new ArrayList<>(0);
        for (MethodRule rule : rules) {
            if (rule.outcome().isIdle()) {
                rule.outcome().saidToBeIdle();
                lines.add("The rule " + rule.readable() + " guards nothing: " + why(rule) + ".");
            }
        }
        return lines;
    }

    private String why(MethodRule rule) {
        RuleOutcome outcome = rule.outcome();
        if (!outcome.isClassSeen()) {
            return noClass(rule);
        }
        if (!outcome.obstacles().isEmpty()) {
            return some(outcome.obstacles(), "; ");
        }
        List<String> overloads = overloads(rule);
        return overloads.isEmpty()
                ? noMethod(rule)
                : rule.type() + " has no " + rule.method() + " with these parameters; there are "
                        + some(overloads, ", ");
    }

    private String noClass(MethodRule rule) {
        for (String name : rule.internalNames()) {
            if (loaded && known.contains(name.replace('/', '.'))) {
                return name.replace('/', '.')
                        + " was not seen when it was loaded: its loader is the JVM's own, whose classes are left alone";
            }
        }
        List<String> similar = Similar.classes(rule.type(), known);
        String hint = similar.isEmpty() ? "none that was has a similar name" : "similar: " + some(similar, ", ");
        return "no class " + rule.type() + (loaded ? " was loaded so far; " : " was given; ") + hint;
    }

    private static List<String> overloads(MethodRule rule) {
        List<String> overloads = new ArrayList<>();
        for (String method : rule.outcome().methods()) {
            if (method.startsWith(rule.method() + "[")) {
                overloads.add(method);
            }
        }
        return overloads;
    }

    private static String noMethod(MethodRule rule) {
        if (rule.type().endsWith("." + rule.method()) || rule.type().endsWith("$" + rule.method())) {
            return rule.type() + " has no method of its own name, and constructors cannot be guarded: name the method"
                    + " that streams";
        }
        List<String> names = new ArrayList<>();
        for (String method : rule.outcome().methods()) {
            String name = method.substring(0, method.indexOf('['));
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        List<String> similar = Similar.names(rule.method(), names);
        String there = similar.isEmpty()
                ? (names.isEmpty() ? "it declares none" : "there are " + some(names, ", "))
                : "similar: " + some(similar, ", ");
        return rule.type() + " has no method " + rule.method() + "; " + there;
    }

    private static String some(List<String> texts, String between) {
        int shown = Math.min(texts.size(), MOST_SHOWN);
        String some = String.join(between, texts.subList(0, shown));
        return shown == texts.size() ? some : some + between + "and " + (texts.size() - shown) + " more";
    }
}
