package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Entry;
import java.lang.invoke.MethodType;

/** A call that was let in: what the woven method keeps from its beginning to its end. */
record Passage(Site.Guarded site, Entry.Entered entered, Class<?> owner, String key, ExceptionsOf exceptionsOf) {

    String method() {
        return site.rule().method();
    }

    /** What the method is declared to return, in the class that is woven. */
    Class<?> declared() {
        String returned = key.substring(key.indexOf(')') + 1);
        return MethodType.fromMethodDescriptorString("()" + returned, owner.getClassLoader())
                .returnType();
    }

    /** Those of the application's copy of the API; looked up only once there is something to throw. */
    Exceptions exceptions() {
        return exceptionsOf.get(owner);
    }
}
