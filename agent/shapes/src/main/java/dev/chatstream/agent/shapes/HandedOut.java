package dev.chatstream.agent.shapes;

import java.lang.reflect.Method;
import java.util.Set;

/**
 * What is not read from itself but hands out a stream that is, and has to be closed: as the {@code StreamResponse} of
 * openai-java and anthropic-java, and whatever library has an interface like it.
 */
final class HandedOut {

    /** Exactly these, as a method without parameters is declared to return them: a list or a page of results is a plain value. */
    private static final Set<String> READ = Set.of(
            "java.util.stream.Stream",
            "java.util.stream.IntStream",
            "java.util.stream.LongStream",
            "java.util.stream.DoubleStream",
            "java.util.Iterator",
            "java.lang.Iterable");

    private static final ClassValue<Boolean> BY_TYPE = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return anyInterfaceOf(type);
        }
    };

    private HandedOut() {}

    static boolean by(Object value) {
        return BY_TYPE.get(value.getClass());
    }

    static boolean isIterable(Method method) {
        return method.getReturnType() == Iterable.class && method.getParameterCount() == 0;
    }

    /** Whether a method hands one out, by its descriptor in a class file. */
    static boolean by(String descriptor) {
        return descriptor.startsWith("()L")
                && READ.contains(
                        descriptor.substring(3, descriptor.length() - 1).replace('/', '.'));
    }

    private static boolean anyInterfaceOf(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Class<?> implemented : each.getInterfaces()) {
                if (AutoCloseable.class.isAssignableFrom(implemented) && handsOut(implemented)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean handsOut(Class<?> closeable) {
        for (Method method : closeable.getMethods()) {
            if (method.getParameterCount() == 0
                    && READ.contains(method.getReturnType().getName())) {
                return true;
            }
        }
        return false;
    }
}
