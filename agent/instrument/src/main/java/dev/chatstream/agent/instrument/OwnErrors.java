package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Errors of the agent's own: each kind is said once, with its stack, for whoever repairs the agent. */
final class OwnErrors {

    private final Journal journal;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    OwnErrors(Journal journal) {
        this.journal = journal;
    }

    /**
     * @param kind one of few: where in the agent it happened
     * @param consequence what the application sees of it
     */
    void tell(String kind, String consequence, Throwable error) {
        if (said.add(kind)) {
            journal.tell(
                    Journal.Level.ERROR,
                    "own error",
                    "An error of ChatStream's own; " + consequence + ". Said once.",
                    error);
        }
    }
}
