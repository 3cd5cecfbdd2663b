package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Journal;
import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What all outlets share. */
record Following(
        Cleaner cleaner, Lookout lookout, Journal journal, boolean completesOnStop, Inner inner, Set<String> said) {
    Following(Journal journal, boolean completesOnStop, Inner inner) {
        this(Cleaner.create(), new Lookout(), journal, completesOnStop, inner, ConcurrentHashMap.newKeySet());
    }

    boolean completesOnStop(Passage passage) {
        return switch (passage.onStop()) {
            case DEFAULT -> completesOnStop;
            case COMPLETE -> true;
            case ERROR -> false;
        };
    }

    void sayOnce(String what, String line) {
        if (said.add(what)) {
            journal.tell(Journal.Level.WARN, "shape", line, null);
        }
    }

    void ownFault(String consequence, Throwable fault) {
        if (said.add(consequence)) {
            journal.tell(
                    Journal.Level.ERROR,
                    "own error",
                    "An error of ChatStream's own; " + consequence + ". Said once.",
                    fault);
        }
    }
}
