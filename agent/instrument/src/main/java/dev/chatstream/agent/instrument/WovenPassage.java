package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.shapes.Passage;
import java.lang.invoke.MethodType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that was let in: what the woven method keeps from its beginning to its end. */
record WovenPassage(Site.Guarded site, Entry.Entered entered, Class<?> owner, String key, OfWoven ofWoven)
        implements Passage {

    /** What is kept with each woven class. */
    record OfWoven(ExceptionsOf exceptions, SeenStreams streams) {
        OfWoven() {
            this(new ExceptionsOf(), new SeenStreams());
        }
    }

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

    @Override
    public Map.@Nullable Entry<Class<?>, Object> asSeen(GuardedStream stream) {
        return SeenStreams.of(ofWoven.streams().get(owner), stream);
    }

    /** Looked up only once there is something to throw. */
    @Override
    public RuntimeException exception(Entry.Refusal refusal) {
        return ofWoven.exceptions().get(owner).of(refusal);
    }
}
