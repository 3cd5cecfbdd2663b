package dev.chatstream.agent.adapters.springmvc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** A private field of Spring's, of which only its name and a supertype of what is in it are known. */
final class Slot<T> {

    private final VarHandle field;
    private final Class<T> type;

    private Slot(Field field, Class<T> type) throws IllegalAccessException {
        this.field = MethodHandles.privateLookupIn(field.getDeclaringClass(), MethodHandles.lookup())
                .unreflectVarHandle(field);
        this.type = type;
    }

    static <T> Slot<T> of(Class<?> owner, String name, Class<T> type) throws ReflectiveOperationException {
        return new Slot<>(owner.getDeclaredField(name), type);
    }

    /** The one field that is declared so. */
    static <T> Slot<T> of(Class<?> owner, Class<T> type) throws ReflectiveOperationException {
        for (Field each : owner.getDeclaredFields()) {
            if (type.equals(each.getType())) {
                return new Slot<>(each, type);
            }
        }
        throw new NoSuchFieldException(type.getName());
    }

    @Nullable
    T get(Object of) {
        return type.cast(field.getVolatile(of));
    }

    /** Whether it was so before: nothing that somebody else puts there at the same time is overwritten. */
    boolean change(Object of, @Nullable T before, T after) {
        return field.compareAndSet(of, before, after);
    }
}
