package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.Journal.Level;
import java.util.ArrayList;
import java.util.List;

/** What is to be said about a class that is woven, gathered first and said once, however often the class passes. */
final class Lines {

    private record Line(Level level, String kind, String text) {}

    /**
     * A method that is guarded.
     *
     * @param whose for whom, as a text behind "is guarded"; may be empty
     */
    record Guarded(MethodFile method, Declaration declaration, String whose, Site.Guarded site) {}

    /** A method that should be and is not. */
    record NotGuarded(MethodFile method, Declaration declaration, String why) {}

    /** Something to know about a method that is guarded. */
    record Remark(MethodFile method, String what) {}

    private final List<Line> lines = new ArrayList<>();
    private final List<Guarded> guarded = new ArrayList<>();
    private final List<NotGuarded> notGuarded = new ArrayList<>(0);
    private final List<Remark> remarks = new ArrayList<>(0);

    List<Guarded> guarded() {
        return guarded;
    }

    List<NotGuarded> notGuarded() {
        return notGuarded;
    }

    List<Remark> remarks() {
        return remarks;
    }

    void add(Level level, String kind, String text) {
        lines.add(new Line(level, kind, text));
    }

    /**
     * A method that is guarded once its class has been woven.
     *
     * @param whose behind that: for whom; may be empty
     */
    void guarded(MethodFile method, Declaration declaration, String whose, Site.Guarded site) {
        String saidBy = declaration.saidBy(method);
        add(
                Level.DEBUG,
                "woven",
                method.readable() + " is guarded" + whose + (saidBy.isEmpty() ? "" : "," + saidBy) + ".");
        guarded.add(new Guarded(method, declaration, whose, site));
    }

    /**
     * A method that should be guarded and is not.
     *
     * @param declaration who says that it should be: of a proxy that is all that people know it by
     */
    void notGuarded(MethodFile method, Declaration declaration, String why) {
        declaration.obstacle(method, why);
        notGuarded.add(new NotGuarded(method, declaration, why));
        add(Level.WARN, "not guarded", notGuarded(method, declaration) + why);
    }

    /** The beginning of a line that says why. */
    static String notGuarded(MethodFile method, Declaration declaration) {
        return method.readable() + " is not guarded" + declaration.saidBy(method) + ": ";
    }

    /** Something to know about a method that is guarded. */
    void remark(MethodFile method, String what) {
        remarks.add(new Remark(method, what));
        add(Level.WARN, "remark", method.readable() + ": " + what);
    }

    /** The class has been woven as planned, or nothing of it had to be. */
    void tell(Realm realm, Journal journal) {
        for (int i = 0; i < guarded.size(); i++) {
            String news = guarded.get(i).declaration().guards(guarded.get(i).method());
            if (news != null) {
                add(Level.INFO, "rule", news);
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (journal.tells(line.level()) && realm.saysFirst(line.text())) {
                journal.tell(line.level(), line.kind(), line.text(), null);
            }
        }
    }
}
