package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.shapes.Passage;
import java.lang.invoke.MethodType;

/** A call that was let in: what the woven method keeps from its beginning to its end. */
record WovenPassage(Site.Guarded site, Entry.Entered entered, Class<?> owner, String key, ExceptionsOf exceptions)
        implements Passage {

    @Override
    public String method() {
        return site.rule().method();
    }

    @Override
    public Class<?> declared() {
        String returned = key.substring(key.indexOf(')') + 1);
        return MethodType.fromMethodDescriptorString("()" + returned, owner.getClassLoader())
                .returnType();
    }

    @Override
    public OnStop onStop() {
        return site.onStop();
    }

    /** Looked up only once there is something to throw. */
    @Override
    public RuntimeException exception(Entry.Refusal refusal) {
        return exceptions.get(owner).of(refusal);
    }
}
