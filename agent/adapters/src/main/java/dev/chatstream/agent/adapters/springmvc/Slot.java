package dev.chatstream.agent.adapters.springmvc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A private field of Spring's, of which only its name and a supertype of what is in it are known. */
final class Slot<T> {

    private final VarHandle field;
    private final Class<?> type;

    private Slot(Field field, Class<?> type) throws IllegalAccessException {
        this.field = MethodHandles.privateLookupIn(field.getDeclaringClass(), MethodHandles.lookup())
                .unreflectVarHandle(field);
        this.type = type;
    }

    static <T> Slot<T> of(Class<?> owner, String name, Class<? super T> type) throws ReflectiveOperationException {
        return new Slot<>(owner.getDeclaredField(name), type);
    }

    /** The one field that is declared so. */
    static <T> Slot<T> of(Class<?> owner, Class<? super T> type) throws ReflectiveOperationException {
        for (Field each : owner.getDeclaredFields()) {
            if (type.equals(each.getType())) {
                return new Slot<>(each, type);
            }
        }
        throw new NoSuchFieldException(type.getName());
    }

    @SuppressWarnings("unchecked") // as it was made for
    @Nullable
    T get(Object of) {
        return (T) type.cast(field.getVolatile(of));
    }

    /**
     * Race, the application's own setting of the field: either what it set is given to the change, or it takes the place of
     * what the change gave; it is never lost.
     */
    void change(Object of, Function<@Nullable T, T> change) {
        T before = get(of);
        while (!field.compareAndSet(of, before, change.apply(before))) {
            before = get(of);
        }
    }
}
