package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Finds, among the names that there are, those that somebody may have meant. */
final class Similar {

    private static final int MOST = 3;

    /** Of a name, so much may differ: a letter more, less or other, two that changed places. */
    private static final int MOST_EDITED = 2;

    private static final List<String> NOT_MEANT = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    private Similar() {}

    /** The most similar classes first: those of another package or another outer class, or with a slip of the pen. */
    static List<String> classes(String meant, Collection<String> known) {
        String simple = simple(meant);
        Map<String, String> byRank = new TreeMap<>();
        for (String name : known) {
            int edited = edited(simple, simple(name));
            if (edited <= MOST_EDITED && isOfApplication(name)) {
                int elsewhere = Math.min(99, edited(packageOf(meant), packageOf(name)));
                byRank.put(String.format(Locale.ROOT, "%d %02d %s", edited, elsewhere, name), name);
            }
        }
        return first(byRank);
    }

    private static boolean isOfApplication(String name) {
        for (String prefix : NOT_MEANT) {
            if (name.startsWith(prefix)) {
                return false;
            }
        }
        return true;
    }

    /** The most similar names first, also those that go on where the meant one ends. */
    static List<String> names(String meant, Collection<String> known) {
        Map<String, String> byRank = new TreeMap<>();
        for (String name : known) {
            boolean begins = meant.length() > 2 && lower(name).startsWith(lower(meant));
            int edited = edited(meant, name);
            if (begins || edited <= MOST_EDITED) {
                byRank.put(Math.min(edited, 9) + name, name);
            }
        }
        return first(byRank);
    }

    private static List<String> first(Map<String, String> byRank) {
        List<String> first = new ArrayList<>(MOST);
        for (String name : byRank.values()) {
            if (first.size() < MOST) {
                first.add(name);
            }
        }
        return first;
    }

    /** How long the part is that differs; names of few letters differ altogether. */
    static int edited(String one, String other) {
        String from = lower(one);
        String to = lower(other);
        int shorter = Math.min(from.length(), to.length());
        int alike = 0;
        while (alike < shorter && from.charAt(alike) == to.charAt(alike)) {
            alike++;
        }
        int alikeAtEnd = 0;
        while (alikeAtEnd < shorter - alike
                && from.charAt(from.length() - 1 - alikeAtEnd) == to.charAt(to.length() - 1 - alikeAtEnd)) {
            alikeAtEnd++;
        }
        int longer = Math.max(from.length(), to.length());
        int edited = longer - alike - alikeAtEnd;
        return edited * 2 > shorter ? longer + MOST_EDITED : edited;
    }

    private static String simple(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    private static String packageOf(String name) {
        return name.substring(0, name.length() - simple(name).length());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
