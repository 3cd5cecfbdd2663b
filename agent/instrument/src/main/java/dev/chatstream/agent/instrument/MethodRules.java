package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.instrument.RuleText.Wrong;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are configured. They are read before the first class passes, and not changed any more then. Where there
 * are none there is no object of this class, and neither it nor any other of the rules' is loaded.
 */
final class MethodRules implements Weaving.Rules {

    private final List<MethodRule> all = new ArrayList<>();
    private final Map<String, MethodRule> byTarget = new HashMap<>();
    private final Map<String, List<MethodRule>> byType = new HashMap<>();
    private final WantedNames methodNames = new WantedNames();

    @Override
    public List<Weaving.WrongRule> read(String text, String source) {
        List<Weaving.WrongRule> wrong = new ArrayList<>(0);
        new Reading(text, false, wrong) {
            @Override
            String place(int index) {
                return source + ", column " + (index + 1);
            }
        }.all();
        return wrong;
    }

    @Override
    public List<Weaving.WrongRule> readLines(String text, String file) {
        List<Weaving.WrongRule> wrong = new ArrayList<>(0);
        String[] lines = text.split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length; i++) {
            int number = i + 1;
            if (!lines[i].stripLeading().startsWith("#")) {
                new Reading(lines[i], true, wrong) {
                    @Override
                    String place(int index) {
                        return file + ":" + number + ":" + (index + 1);
                    }
                }.all();
            }
        }
        return wrong;
    }

    /** Goes through one text, from rule to rule. */
    private abstract class Reading {
        private final String text;
        private final boolean one;
        private final List<Weaving.WrongRule> wrong;

        /** @param one whether the text holds one rule */
        Reading(String text, boolean one, List<Weaving.WrongRule> wrong) {
            this.text = text;
            this.one = one;
            this.wrong = wrong;
        }

        abstract String place(int index);

        void all() {
            int at = begin(0);
            while (at < text.length()) {
                int end;
                try {
                    RuleParser parser = new RuleParser(text, at);
                    MethodRule rule = parser.rule(place(at));
                    end = parser.at();
                    if (one && end < text.length()) {
                        throw new Wrong(end, "a line holds one rule");
                    }
                    keep(rule, at);
                } catch (Wrong mistake) {
                    end = one ? text.length() : nextRule(text, at);
                    wrong.add(wrong(text.substring(at, end), mistake));
                }
                at = begin(end);
            }
        }

        /** Where the next rule begins: behind bars and spaces. */
        private int begin(int from) {
            int at = from;
            while (at < text.length() && (RuleText.isSpace(text.charAt(at)) || (!one && text.charAt(at) == '|'))) {
                at++;
            }
            return at;
        }

        private Weaving.WrongRule wrong(String rule, Wrong mistake) {
            return new Weaving.WrongRule(rule.strip(), place(mistake.index()), mistake.what());
        }

        private void keep(MethodRule rule, int start) throws Wrong {
            MethodRule before = byTarget.putIfAbsent(rule.target(), rule);
            if (before != null) {
                throw new Wrong(start, "it names the same as the rule at " + before.place() + ", which counts");
            }
            add(rule);
        }
    }

    /**
     * Behind a mistake, where the next rule begins: at a bar behind which something like {@code name#} stands. A quote that
     * does not end must not hide what follows.
     */
    private static int nextRule(String text, int from) {
        int bar = text.indexOf('|', from);
        while (bar >= 0 && !beginsRule(new RuleText(text, bar + 1))) {
            bar = text.indexOf('|', bar + 1);
        }
        return bar < 0 ? text.length() : bar;
    }

    private static boolean beginsRule(RuleText text) {
        text.skipSpaces();
        try {
            return !text.qualifiedName().isEmpty() && text.isAt('#');
        } catch (Wrong noName) {
            return false;
        }
    }

    private void add(MethodRule rule) {
        all.add(rule);
        methodNames.add(rule.method());
        for (String name : rule.internalNames()) {
            List<MethodRule> before = byType.get(name);
            List<MethodRule> rules = before == null ? new ArrayList<>(1) : before;
            rules.add(rule);
            byType.put(name, rules);
        }
    }

    @Override
    public boolean isEmpty() {
        return all.isEmpty();
    }

    List<MethodRule> all() {
        return all;
    }

    /** The names of all methods that are meant. */
    WantedNames methodNames() {
        return methodNames;
    }

    /** The rules that name a type; null: none does. What every class that loads costs. */
    @Nullable
    List<MethodRule> naming(String internalName) {
        return byType.get(internalName);
    }

    /** The one of these rules that names a method: one that picks an overload, else the first. */
    static @Nullable MethodRule best(List<MethodRule> rules, MethodFile method) {
        MethodRule best = null;
        for (int i = 0; i < rules.size(); i++) {
            MethodRule rule = rules.get(i);
            if (rule.names(method) && (best == null || (rule.picksOverload() && !best.picksOverload()))) {
                best = rule;
            }
        }
        return best;
    }

    /** The type with what the rules say of the methods that it declares, in place of what their annotations do. */
    TypeFile applied(TypeFile type) {
        List<MethodRule> rules = naming(type.name());
        if (rules == null) {
            return type;
        }
        List<MethodFile> methods = new ArrayList<>(type.methods().size());
        for (int i = 0; i < type.methods().size(); i++) {
            methods.add(applied(rules, type.methods().get(i)));
        }
        return new TypeFile(type.name(), type.access(), type.superName(), type.interfaces(), methods);
    }

    private static MethodFile applied(List<MethodRule> rules, MethodFile method) {
        if (method.isConstructor()) {
            return method;
        }
        MethodRule rule = best(rules, method);
        if (rule == null) {
            return method;
        }
        if (method.isMadeByCompiler()) {
            rule.outcome().obstacle(method.readable() + " is made by the compiler: name the method that it stands for");
            return method;
        }
        return method.saying(rule.elements());
    }

    /** A class that they name has passed by itself: what can be named in it is kept, for who is told that nothing was. */
    void saw(TypeFile type, Journal journal) {
        List<MethodRule> rules = naming(type.name());
        for (int i = 0; rules != null && i < rules.size(); i++) {
            RuleOutcome outcome = rules.get(i).outcome();
            outcome.sawClass();
            String unread = outcome.takeUnread();
            if (unread != null) {
                journal.tell(
                        Journal.Level.WARN,
                        "not guarded",
                        "The rule " + rules.get(i).readable() + " may not guard all that it means: " + unread + ".",
                        null);
            }
            for (int j = 0; outcome.isIdle() && j < type.methods().size(); j++) {
                MethodFile method = type.methods().get(j);
                if (!method.isConstructor() && !method.isMadeByCompiler()) {
                    outcome.sawMethod(method);
                }
            }
        }
    }

    /** A class that they name may pass again and again, and fails each time. */
    void cannotBeWoven(String type, Throwable failure) {
        List<MethodRule> rules = naming(type);
        for (int i = 0; rules != null && i < rules.size(); i++) {
            rules.get(i).outcome().sawClass();
            rules.get(i).outcome().obstacle(type.replace('/', '.') + " cannot be woven: " + failure);
        }
    }

    @Override
    public List<String> idle(List<String> loaded) {
        return RuleReport.ofLoaded(loaded).idle(all);
    }
}
