package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import org.jspecify.annotations.Nullable;

/**
 * Has the loom, from the first class that needs it. Before it is handed out it has proved itself: where weaving does not
 * work in this JVM, nothing of the application is touched.
 *
 * <p>Two classes may come at once: the second waits, which is safe since nothing of the application's is asked meanwhile.
 */
final class Workshop {

    /** Proves a loom by a method of the agent's own; throws where that does not work. */
    interface Proof {
        void of(Loom loom) throws Throwable;
    }

    /** Connects what is woven with this agent, once. */
    interface Connecting {
        /** False: another copy of the agent is connected. */
        boolean make() throws Exception;
    }

    private final Proof proof;
    private final Connecting connection;
    private final Journal journal;
    private @Nullable Loom loom;
    private boolean broken;

    Workshop(Proof proof, Connecting connection, Journal journal) {
        this.proof = proof;
        this.connection = connection;
        this.journal = journal;
    }

    /** Null: weaving does not work here, which has been said. */
    synchronized @Nullable Loom loom() {
        if (loom == null && !broken) {
            try {
                if (!connection.make()) {
                    broken = true;
                    sayTwice();
                    return null;
                }
                Loom fresh = new Loom();
                proof.of(fresh);
                loom = fresh;
            } catch (Throwable failure) {
                broken = true;
                journal.tell(
                        Journal.Level.ERROR,
                        "self-test",
                        "ChatStream cannot weave in this JVM: nothing is guarded, and the application runs as without"
                                + " it. Please report this line and what follows: ",
                        failure);
            }
        }
        return loom;
    }

    private void sayTwice() {
        journal.tell(
                Journal.Level.WARN,
                "twice",
                "Another ChatStream agent is at work in this JVM (is the flag there twice?): this one does nothing.",
                null);
    }
}
