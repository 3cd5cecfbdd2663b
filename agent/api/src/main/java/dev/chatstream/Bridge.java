package dev.chatstream;

import org.jspecify.annotations.Nullable;

/**
 * The one seam between this API and the agent. When this class loads, the agent replaces what {@link #call} returns;
 * without it the answer is always {@code null}, which every caller takes as "no agent, or nothing there".
 *
 * <p>Only JDK types cross, because an application may hold several copies of this API, each in a class loader of its
 * own, and the agent sees none of them. An operation is a name, not a method, so that an API and an agent of
 * different versions go together: what an older agent does not know it answers with {@code null}.
 */
final class Bridge {
    private Bridge() {}

    /**
     * Asks the agent.
     *
     * @param operation what is asked
     * @param target the agent's own handle of a stream, for operations on one
     * @param argument the operation's argument, where it has one
     * @return the answer; {@code null} without the agent
     */
    @SuppressWarnings("unused") // the agent's woven code reads them
    static @Nullable Object call(String operation, @Nullable Object target, @Nullable Object argument) {
        return null;
    }
}
