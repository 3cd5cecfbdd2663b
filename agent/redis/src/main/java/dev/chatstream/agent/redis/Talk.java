package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.Journal.Level;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells people of the connection's state: a line on each change, and none for a try that fails as the one before. What that
 * means for chats, and so the warning, is the engine's to say: a connection may come back before any call notices.
 */
final class Talk {

    private static final String CONNECTED = "redis-connected";
    private static final String MISSING = "redis-missing";

    private final Journal journal;
    private final Map<String, String> said = new HashMap<>();
    private boolean ended;

    Talk(Journal journal) {
        this.journal = journal;
    }

    synchronized void connected(String lane, String message) {
        said.remove(lane);
        journal.tell(Level.INFO, CONNECTED, message, null);
    }

    /** The store closes: connections that end from now on are its own doing. */
    synchronized void end() {
        ended = true;
    }

    synchronized void lost(String lane, String server, String why) {
        if (ended) {
            return;
        }
        said.put(lane, "");
        String message = "the connection to Redis at " + server + " is lost: " + why + "; connecting again";
        journal.tell(Level.INFO, MISSING, message, null);
    }

    /** A try to connect failed. */
    synchronized void missing(String lane, String why) {
        if (!ended && !why.equals(said.put(lane, why))) {
            journal.tell(Level.INFO, MISSING, "no connection to Redis: " + why + "; trying again", null);
        }
    }

    void detail(String message) {
        if (journal.tells(Level.DEBUG)) {
            journal.tell(Level.DEBUG, MISSING, message, null);
        }
    }

    void ownError(Throwable error) {
        journal.tell(Level.ERROR, "redis-error", "connecting to Redis failed by an error of the agent's own", error);
    }
}
