package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Entry;

/** A call that was let in: what the woven method keeps from its beginning to its end. */
record Passage(Site.Guarded site, Entry.Entered entered, Class<?> owner, ExceptionsOf exceptionsOf) {

    String method() {
        return site.rule().method();
    }

    /** Those of the application's copy of the API; looked up only once there is something to throw. */
    Exceptions exceptions() {
        return exceptionsOf.get(owner);
    }
}
