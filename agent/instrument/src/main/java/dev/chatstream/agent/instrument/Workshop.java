package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Has the loom, from the first class that needs it. Before it is handed out it has proved itself: where weaving does not
 * work in this JVM, nothing of the application is touched.
 *
 * <p>Two classes may come at once: the second waits. Nothing of the application's is asked meanwhile, but other agents'
 * transformers are called for the classes that are loaded then, and may want a lock that the second one's thread has: so it
 * waits for {@link #LONGEST_WAIT} at most, and its class is woven later, from outside.
 */
final class Workshop implements BoundedWait.Waited {

    /** What is waited for takes a third of a second, some seconds where nothing is compiled. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** The loom is being made by another thread, and is not ready in time. */
    static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BusyException() {
            super("what weaves it was not ready within " + LONGEST_WAIT.toSeconds() + " s");
        }
    }

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
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Loom loom;
    private boolean broken;

    Workshop(Proof proof, Connecting connection, Journal journal) {
        this.proof = proof;
        this.connection = connection;
        this.journal = journal;
    }

    /**
     * Null: weaving does not work here, which has been said.
     *
     * @throws BusyException after {@link #LONGEST_WAIT}
     */
    @Nullable
    Loom loom() {
        Loom ready = loom;
        if (ready != null) {
            return ready;
        }
        if (!BoundedWait.untilComes(this, LONGEST_WAIT)) {
            throw new BusyException();
        }
        try {
            return made();
        } finally {
            making.unlock();
        }
    }

    /** Null: nothing was woven so far. */
    @Nullable
    Loom ready() {
        return loom;
    }

    /** Nobody else is making it. */
    @Override
    public boolean comesWithin(long nanos) throws InterruptedException {
        return making.tryLock(nanos, TimeUnit.NANOSECONDS);
    }

    private @Nullable Loom made() {
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
