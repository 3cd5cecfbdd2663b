package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.shapes.Passage;
import dev.chatstream.agent.shapes.Shapes;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** A call that was let in: what the woven method keeps from its beginning to its end. */
final class WovenPassage implements Passage {

    /** What is kept with each woven class. */
    record OfWoven(ExceptionsOf exceptions, SeenStreams streams) {
        OfWoven() {
            this(new ExceptionsOf(), new SeenStreams());
        }
    }

    private final Site.Guarded site;
    private final Entry.Entered entered;
    private final Class<?> owner;
    private final String key;
    private final OfWoven ofWoven;
    private Shapes.Given given = Shapes.Given.NOTHING;

    /** @param key the method's name and descriptor */
    WovenPassage(Site.Guarded site, Entry.Entered entered, Class<?> owner, String key, OfWoven ofWoven) {
        this.site = site;
        this.entered = entered;
        this.owner = owner;
        this.key = key;
        this.ofWoven = ofWoven;
    }

    /** What of its arguments is followed. */
    Shapes.Given given() {
        return given;
    }

    void given(Shapes.Given followed) {
        given = followed;
    }

    @Override
    public Entry.Entered entered() {
        return entered;
    }

    @Override
    public String method() {
        return site.rule().method();
    }

    @Override
    public Class<?> declared() {
        return type("()" + key.substring(key.indexOf(')') + 1)).returnType();
    }

    @Override
    public Class<?> parameter(int number) {
        return type(key.substring(key.indexOf('('))).parameterType(number);
    }

    private MethodType type(String descriptor) {
        return MethodType.fromMethodDescriptorString(descriptor, owner.getClassLoader());
    }

    @Override
    public boolean holdsReplaced() {
        return site.holdsReplaced();
    }

    @Override
    public OnStop onStop() {
        return site.onStop();
    }

    @Override
    public boolean interruptible() {
        return site.rule().interruptible();
    }

    @Override
    public @Nullable Api api() {
        return ofWoven.streams().get(owner).orElse(null);
    }

    /** Looked up only once there is something to throw. */
    @Override
    public RuntimeException exception(Entry.Refusal refusal) {
        return ofWoven.exceptions().get(owner).of(refusal);
    }
}
