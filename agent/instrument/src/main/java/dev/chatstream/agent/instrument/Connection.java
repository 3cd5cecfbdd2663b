package dev.chatstream.agent.instrument;

import java.lang.instrument.Instrumentation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects the dispatcher with this agent when the first class is to be woven: a JVM without one is spared the class in
 * {@code java.base} and the handles, which cost a quarter of the agent's share of its start.
 */
final class Connection implements Workshop.Connecting {

    /** What the dispatcher is connected with, made when it is. */
    record Ends(Calls calls, Desk desk) {}

    private final Instrumentation instrumentation;
    private final Supplier<Ends> ends;
    private @Nullable Dispatchers made;

    Connection(Instrumentation instrumentation, Supplier<Ends> ends) {
        this.instrumentation = instrumentation;
        this.ends = ends;
    }

    @Override
    public synchronized boolean make() throws Exception {
        if (made != null) {
            return true;
        }
        Ends these = ends.get();
        Dispatchers.Outcome outcome = Dispatchers.connect(instrumentation, these.calls(), these.desk());
        if (outcome instanceof Dispatchers.Outcome.Connected connected) {
            made = connected.dispatcher();
            return true;
        }
        return false;
    }

    synchronized void end() {
        if (made != null) {
            made.disconnect();
        }
    }
}
