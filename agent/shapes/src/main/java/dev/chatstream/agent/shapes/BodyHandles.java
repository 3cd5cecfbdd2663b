package dev.chatstream.agent.shapes;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Calls woven methods by themselves: that body and none that overrides it. Kept with their class. */
final class BodyHandles {

    private static final MethodType OF_ALL = MethodType.methodType(Object.class, Object[].class);
    private static final MethodType OF_OBJECTS = MethodType.methodType(Object.class, Object.class, Object[].class);

    private final Openings openings;

    private final ClassValue<Map<String, MethodHandle>> known = new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> owner) {
            return new ConcurrentHashMap<>();
        }
    };

    BodyHandles(Openings openings) {
        this.openings = openings;
    }

    /** @param method name and descriptor */
    MethodHandle of(Class<?> owner, String method, boolean isStatic) throws ReflectiveOperationException {
        MethodHandle handle = known.get(owner).get(method);
        if (handle == null) {
            handle = find(owner, method, isStatic);
            known.get(owner).put(method, handle); // race: two may find the same
        }
        return handle;
    }

    private MethodHandle find(Class<?> owner, String method, boolean isStatic) throws ReflectiveOperationException {
        int descriptor = method.indexOf('(');
        String name = method.substring(0, descriptor);
        MethodType type = MethodType.fromMethodDescriptorString(method.substring(descriptor), owner.getClassLoader());
        MethodHandles.Lookup lookup = openings.lookupIn(owner);
        return isStatic
                ? lookup.findStatic(owner, name, type)
                        .asSpreader(Object[].class, type.parameterCount())
                        .asType(OF_ALL)
                : lookup.findSpecial(owner, name, type, owner)
                        .asSpreader(Object[].class, type.parameterCount())
                        .asType(OF_OBJECTS);
    }

    /** @param self null: the method is static */
    static @Nullable Object invoke(MethodHandle body, @Nullable Object self, @Nullable Object[] arguments)
            throws Exception {
        try {
            return self == null ? (Object) body.invokeExact(arguments) : (Object) body.invokeExact(self, arguments);
        } catch (Throwable thrown) {
            throw Feed.<RuntimeException>unchecked(thrown);
        }
    }
}
