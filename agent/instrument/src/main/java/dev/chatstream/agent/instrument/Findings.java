package dev.chatstream.agent.instrument;

import dev.chatstream.agent.instrument.Weaving.Finding;
import dev.chatstream.agent.instrument.Weaving.Verdict;
import dev.chatstream.agent.shapes.Shapes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keeps what is known of every method that is guarded or should be, for whoever reports it: texts only. Written while classes
 * load, on many threads; at most {@link #MOST} are kept. A class that passes again replaces what was known of it.
 */
final class Findings implements Weaving.Report {

    static final int MOST = 10_000;

    private final ConcurrentMap<String, Finding> byMethod = new ConcurrentHashMap<>();

    /** A class has been woven as planned, or would be. */
    void take(ClassLoader loader, Lines lines, Shapes shapes) {
        for (int i = 0; i < lines.guarded().size(); i++) {
            Lines.Guarded guarded = lines.guarded().get(i);
            byMethod.remove(guarded.method().owner().replace('/', '.')); // it had failed, and was tried again
            put(finding(loader, guarded, lines, shapes));
        }
        for (int i = 0; i < lines.notGuarded().size(); i++) {
            Lines.NotGuarded not = lines.notGuarded().get(i);
            put(new Finding(
                    Verdict.NOT_GUARDED,
                    not.method().readable(),
                    source(not.declaration(), not.method()),
                    "",
                    Map.of(),
                    List.of(),
                    not.why()));
        }
    }

    /** A class with methods that should be guarded stays as it is. */
    void failed(String type, String why) {
        String name = type.replace('/', '.');
        for (String method : byMethod.keySet()) {
            if (method.startsWith(name + "#")) {
                byMethod.remove(method); // planned, and not woven after all
            }
        }
        put(new Finding(Verdict.NOT_GUARDED, name, "", "", Map.of(), List.of(), why));
    }

    private static Finding finding(ClassLoader loader, Lines.Guarded guarded, Lines lines, Shapes shapes) {
        MethodFile method = guarded.method();
        Map<String, String> names = new LinkedHashMap<>();
        names.put("chatId", guarded.site().chatId().written());
        names.putAll(guarded.declaration().elements().others());
        String shape = ReturnTypes.shape(loader, method, shapes);
        String given = new ParameterTypes(loader, shapes).followed(method);
        return new Finding(
                Verdict.GUARDED,
                method.readable() + guarded.whose(),
                source(guarded.declaration(), method),
                given == null ? shape : shape + ", and the last call of " + given,
                names,
                remarks(method, lines),
                "");
    }

    private static List<String> remarks(MethodFile method, Lines lines) {
        List<String> remarks = new ArrayList<>(0);
        for (int i = 0; i < lines.remarks().size(); i++) {
            Lines.Remark remark = lines.remarks().get(i);
            if (remark.method().key().equals(method.key())
                    && remark.method().owner().equals(method.owner())) {
                remarks.add(remark.what());
            }
        }
        return remarks;
    }

    /** Who says that it is guarded. */
    private static String source(Declaration declaration, MethodFile method) {
        MethodRule rule = declaration.elements().rule();
        if (rule != null) {
            return "rule " + rule.readable();
        }
        boolean own = declaration.method().owner().equals(method.owner());
        return own ? "annotation" : "annotation of " + declaration.method().readable();
    }

    private void put(Finding finding) {
        if (byMethod.size() < MOST || byMethod.containsKey(finding.method())) {
            byMethod.put(finding.method(), finding);
        }
    }

    @Override
    public List<Finding> findings() {
        List<Finding> sorted = new ArrayList<>(byMethod.values());
        sorted.sort(new Order());
        return sorted;
    }

    /** A class, since this one works inside class loading, where lambdas are not made. */
    private static final class Order implements Comparator<Finding> {
        @Override
        public int compare(Finding one, Finding other) {
            int byVerdict = one.verdict().compareTo(other.verdict());
            return byVerdict != 0 ? byVerdict : one.method().compareTo(other.method());
        }
    }
}
