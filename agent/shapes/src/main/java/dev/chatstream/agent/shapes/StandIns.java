package dev.chatstream.agent.shapes;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects that stand for others: of all their interfaces, with every call handed to an interceptor. What those of
 * {@link java.lang.reflect.Proxy} do, but for exceptions: whatever the other object throws comes out as it is, declared or not.
 *
 * <p>The class stands beside the other object's own, or beside this one for objects of the JDK's, and goes when that goes.
 */
final class StandIns {

    /** What becomes of a call. */
    interface Interceptor {
        /**
         * Answers in place of the object.
         *
         * @param call the call, not made yet
         * @throws Throwable which comes out as it is
         */
        @Nullable
        Object intercept(Call call) throws Throwable;
    }

    /** A call of the stand-in. */
    static final class Call {
        private final Object source;
        private final Method method;
        private final Object[] arguments;

        private Call(Object source, Method method, Object[] arguments) {
            this.source = source;
            this.method = method;
            this.arguments = arguments;
        }

        Object source() {
            return source;
        }

        Method method() {
            return method;
        }

        Object[] arguments() {
            return arguments;
        }

        String name() {
            return method.getName();
        }

        boolean gaveItself(@Nullable Object result) {
            return isSame(result, source);
        }

        /** The same call, of another object. */
        Call on(Object other) {
            return new Call(other, method, arguments);
        }

        /** Makes the call of the object itself. */
        @Nullable
        Object proceed() throws Throwable {
            return proceed(arguments);
        }

        @Nullable
        Object proceed(Object[] changed) throws Throwable {
            try {
                return method.invoke(source, changed);
            } catch (InvocationTargetException thrown) {
                throw thrown.getTargetException();
            }
        }
    }

    /** How stand-ins of one class are made. */
    private record Kind(Class<?> standIn, List<Method> methods, MethodHandle constructor) {}

    private static final MethodType CONSTRUCTOR = MethodType.methodType(void.class, BiFunction.class);

    private final Openings openings;

    private final ClassValue<Optional<Kind>> kinds = new ClassValue<>() {
        @Override
        protected Optional<Kind> computeValue(Class<?> type) {
            try {
                return Optional.of(kind(type));
            } catch (ReflectiveOperationException | RuntimeException | LinkageError unusual) {

                return Optional.empty(); // a type whose interfaces cannot be seen from beside it
            }
        }
    };

    StandIns(Openings openings) {
        this.openings = openings;
    }

    /**
     * Whether a stand-in can take the place of a value that was declared so. Where that is {@code Object}, the caller casts:
     * a stand-in is none of the value's classes, so none of these may be one that the caller can name.
     */
    boolean fits(Object value, Class<?> declared) {
        Optional<Kind> kind = kinds.get(value.getClass());
        return kind.isPresent()
                && declared.isAssignableFrom(kind.get().standIn())
                && (declared.isInterface() || !canBeNamed(value, Object.class));
    }

    /** Whether any class of the value's, below one that what stands for it has too, is one that other code can cast to. */
    static boolean canBeNamed(Object value, Class<?> below) {
        for (Class<?> each = value.getClass(); each != null && !each.equals(below); each = each.getSuperclass()) {
            if (Modifier.isPublic(each.getModifiers()) && each.getModule().isExported(each.getPackageName())) {
                return true;
            }
        }
        return false;
    }

    /** Null: nothing can stand for an object of this class. */
    @Nullable
    Object of(Object source, Interceptor interceptor) {
        Optional<Kind> kind = kinds.get(source.getClass());
        if (kind.isEmpty()) {
            return null;
        }
        List<Method> methods = kind.get().methods();
        @Nullable Object[] self = {null};
        BiFunction<Integer, Object[], @Nullable Object> handler = (index, arguments) -> {
            try {
                Object result = interceptor.intercept(new Call(source, methods.get(index), arguments));
                return isSame(result, source) ? self[0] : result; // a fluent call goes on with the stand-in
            } catch (Throwable thrown) {
                throw Feed.<RuntimeException>unchecked(thrown);
            }
        };
        try {
            self[0] = (Object) kind.get().constructor().invokeExact((BiFunction<?, ?, ?>) handler);
            return self[0];
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @SuppressWarnings("ReferenceEquality") // not an equal one
    private static boolean isSame(@Nullable Object one, Object other) {
        return one == other;
    }

    private Kind kind(Class<?> type) throws ReflectiveOperationException {
        boolean ofTheJdk =
                type.getClassLoader() == null || type.getClassLoader().equals(ClassLoader.getPlatformClassLoader());
        Class<?> beside = ofTheJdk ? StandIns.class : type;
        List<Class<?>> interfaces = interfaces(type, beside);
        List<Method> methods = methods(interfaces);
        for (Method method : methods) {
            openings.opened(method);
        }
        Class<?> standIn =
                defined(openings.lookupIn(beside), new StandInFile(beside.getPackageName(), interfaces), methods);
        MethodHandle constructor = openings.lookupIn(standIn)
                .findConstructor(standIn, CONSTRUCTOR)
                .asType(MethodType.methodType(Object.class, BiFunction.class));
        return new Kind(standIn, methods, constructor);
    }

    /** One for all classes of a package with these interfaces. Race, two that define it: the second finds the first's. */
    private static Class<?> defined(MethodHandles.Lookup lookup, StandInFile file, List<Method> methods)
            throws ReflectiveOperationException {
        try {
            return lookup.findClass(file.className());
        } catch (ClassNotFoundException first) {
            try {
                return lookup.defineClass(file.of(methods));
            } catch (LinkageError defined) {
                return lookup.findClass(file.className());
            }
        }
    }

    /** All interfaces of a class that a class beside this one can implement. */
    private static List<Class<?>> interfaces(Class<?> type, Class<?> beside) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Class<?> implemented : each.getInterfaces()) {
                if (isAccessible(implemented, beside)) {
                    all.add(implemented);
                }
            }
        }
        return List.copyOf(all);
    }

    private static boolean isAccessible(Class<?> implemented, Class<?> beside) {
        boolean samePackage = Objects.equals(implemented.getClassLoader(), beside.getClassLoader())
                && implemented.getPackageName().equals(beside.getPackageName());
        return samePackage
                || (Modifier.isPublic(implemented.getModifiers())
                        && !implemented.isSealed()
                        && implemented.getModule().isExported(implemented.getPackageName(), beside.getModule()));
    }

    /** Each once, whichever interfaces declare it. */
    private static List<Method> methods(List<Class<?>> interfaces) throws NoSuchMethodException {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Class<?> one : interfaces) {
            for (Method method : one.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    methods.putIfAbsent(StandInFile.key(method), method);
                }
            }
        }
        Method toString = Object.class.getMethod("toString"); // equals and hashCode: it is equal to itself only
        methods.putIfAbsent(StandInFile.key(toString), toString);
        List<Method> all = new ArrayList<>(methods.values());
        all.sort(Comparator.comparing(StandInFile::key)); // the class may be there already, with their numbers in it
        return List.copyOf(all);
    }
}
