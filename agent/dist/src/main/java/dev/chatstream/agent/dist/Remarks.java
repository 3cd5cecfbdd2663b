package dev.chatstream.agent.dist;

import java.util.ArrayList;
import java.util.List;

/** What there is to say about the settings, collected until it is known how loud to say it. */
final class Remarks {

    /**
     * One line.
     *
     * @param consequence what is done instead, which is not so where the JVM stops; may be empty
     */
    record Remark(Kind kind, String line, String consequence) {}

    enum Kind {
        /** Wrong or unknown: stops the JVM under {@code strict}. */
        MISTAKE,
        /** Right, but worth a line. */
        ADVICE
    }

    private final List<Remark> all = new ArrayList<>();

    void mistake(String line, String consequence) {
        all.add(new Remark(Kind.MISTAKE, line, consequence));
    }

    void advice(String line) {
        all.add(new Remark(Kind.ADVICE, line, ""));
    }

    List<Remark> all() {
        return List.copyOf(all);
    }

    int mistakes() {
        int count = 0;
        for (Remark remark : all) {
            count += remark.kind() == Kind.MISTAKE ? 1 : 0;
        }
        return count;
    }
}
