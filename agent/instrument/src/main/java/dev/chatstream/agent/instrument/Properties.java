package dev.chatstream.agent.instrument;

import dev.chatstream.agent.shapes.Openings;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads properties of the application's objects: an accessor, a getter, a public field. Each is looked up once per
 * class and is a method handle from then on. The handles are kept with the class itself ({@link ClassValue}), so that they
 * go when it goes.
 */
final class Properties {

    private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

    private final Openings openings;

    /** By class and property; that there is none is kept too, since it would be looked for at every call. */
    private final ClassValue<ConcurrentMap<String, Optional<MethodHandle>>> handles = new ClassValue<>() {
        @Override
        protected ConcurrentMap<String, Optional<MethodHandle>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    Properties(Openings openings) {
        this.openings = openings;
    }

    /**
     * The value of an object's property.
     *
     * @throws Expression.Failure where its class has no such property
     * @throws Throwable what the getter throws
     */
    @Nullable
    Object value(Object object, String property) throws Throwable {
        ConcurrentMap<String, Optional<MethodHandle>> known = handles.get(object.getClass());
        Optional<MethodHandle> handle = known.get(property);
        if (handle == null) {
            handle = find(object.getClass(), property); // two threads may both look: they find the same
            known.put(property, handle);
        }
        if (handle.isEmpty()) {
            throw new Expression.Failure(object.getClass().getName() + " has no property " + property
                    + ": no record component, getter or public field is called so");
        }
        return (Object) handle.get().invokeExact(object);
    }

    private Optional<MethodHandle> find(Class<?> type, String property) throws IllegalAccessException {
        Method method = method(type, property);
        if (method != null) {
            return Optional.of(
                    MethodHandles.lookup().unreflect(openings.opened(method)).asType(READ));
        }
        try {
            Field field = type.getField(property);
            return Modifier.isStatic(field.getModifiers())
                    ? Optional.empty()
                    : Optional.of(MethodHandles.lookup()
                            .unreflectGetter(openings.opened(field))
                            .asType(READ));
        } catch (NoSuchFieldException none) {
            return Optional.empty();
        }
    }

    private static @Nullable Method method(Class<?> type, String property) {
        for (String name : Getters.of(property)) {
            try {
                Method method = type.getMethod(name);
                if (reads(type, property, method)) {
                    return method;
                }
            } catch (NoSuchMethodException none) {
                // the next name
            }
        }
        for (Method method : type.getMethods()) {
            if (method.getParameterCount() == 0
                    && !Getters.plain(method.getName()).equals(method.getName())
                    && Getters.of(property).contains(Getters.plain(method.getName()))
                    && reads(type, property, method)) {
                return method;
            }
        }
        return null;
    }

    private static boolean reads(Class<?> type, String property, Method method) {
        Class<?> returned = method.getReturnType();
        if (returned == void.class || Modifier.isStatic(method.getModifiers())) {
            return false;
        }
        String name = Getters.plain(method.getName());
        boolean accessor = name.equals(property) && (type.isRecord() || isOfField(property, method));
        return Getters.reads(property, name, accessor, returned == boolean.class || returned == Boolean.class);
    }

    private static boolean isOfField(String property, Method method) {
        try {
            Field field = method.getDeclaringClass().getDeclaredField(property);
            return field.getType() == method.getReturnType() && !Modifier.isStatic(field.getModifiers());
        } catch (NoSuchFieldException | LinkageError none) { // of a field beside it, whose type is not there
            return false;
        }
    }
}
