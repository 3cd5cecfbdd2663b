package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Journal;
import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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

    /** Once a method: it should be guarded to its end, and is not. */
    void sayIfUnfit(ShapeTable table, @Nullable Object returned, Passage passage) {
        String why = returned == null ? null : table.whyUnfit(returned, passage.declared());
        if (returned != null && why != null) {
            sayOnce(
                    passage.method() + " unfit",
                    passage.method() + " returned a "
                            + returned.getClass().getName()
                            + ", which goes on and is not followed: " + why
                            + ". Its chat is free when the method returns; to keep it, call"
                            + " ChatStreams.current().get().detach() inside, and close that at the end.");
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
