package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.Journal.Level;
import java.util.ArrayList;
import java.util.List;

/** What is to be said about a class that is woven, gathered first and said once, however often the class passes. */
final class Lines {

    private record Line(Level level, String kind, String text) {}

    private final List<Line> lines = new ArrayList<>();

    void add(Level level, String kind, String text) {
        lines.add(new Line(level, kind, text));
    }

    /**
     * A method that should be guarded and is not.
     *
     * @param declaration who says that it should be: of a proxy that is all that people know it by
     */
    void notGuarded(MethodFile method, Declaration declaration, String why) {
        declaration.obstacle(method, why);
        add(Level.WARN, "not guarded", method.readable() + " is not guarded" + declaration.saidBy(method) + ": " + why);
    }

    /** Something to know about a method that is guarded. */
    void remark(MethodFile method, String what) {
        add(Level.WARN, "remark", method.readable() + ": " + what);
    }

    void tell(Realm realm, Journal journal) {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (journal.tells(line.level()) && realm.saysFirst(line.text())) {
                journal.tell(line.level(), line.kind(), line.text(), null);
            }
        }
    }
}
