package dev.chatstream.agent.shapes;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Member;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens packages of the application's modules, to the agent alone, where it has to see what is not public. */
public final class Openings {

    private final @Nullable Instrumentation instrumentation;

    /** @param instrumentation null: nothing has to be opened */
    public Openings(@Nullable Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** The member, accessible, in classes that are not public or in packages that are not exported too. */
    public <M extends AccessibleObject & Member> M opened(M member) {
        if (!member.trySetAccessible()) {
            open(member.getDeclaringClass());
            member.setAccessible(true);
        }
        return member;
    }

    /** To define classes beside this one. */
    MethodHandles.Lookup lookupIn(Class<?> type) throws IllegalAccessException {
        open(type);
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }

    private void open(Class<?> type) {
        Module module = type.getModule();
        Module agent = Openings.class.getModule();
        if (instrumentation != null && !module.isOpen(type.getPackageName(), agent)) {
            instrumentation.redefineModule(
                    module, Set.of(), Map.of(), Map.of(type.getPackageName(), Set.of(agent)), Set.of(), Map.of());
        }
    }
}
