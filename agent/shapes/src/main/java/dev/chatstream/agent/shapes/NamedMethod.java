package dev.chatstream.agent.shapes;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A method of a library's types, found by its name and the number of its parameters. */
final class NamedMethod {

    private final String name;
    private final int parameters;
    private final Openings openings;

    private final ClassValue<Optional<Method>> byType = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            for (Method method : type.getMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == parameters && !method.isBridge()) {
                    return Optional.of(openings.opened(method));
                }
            }
            return Optional.empty();
        }
    };

    NamedMethod(String name, int parameters, Openings openings) {
        this.name = name;
        this.parameters = parameters;
        this.openings = openings;
    }

    /** Whether this object has it. */
    boolean isOf(Object target) {
        return byType.get(target.getClass()).isPresent();
    }

    /** @throws Throwable what the method throws, as it is */
    @Nullable
    Object call(Object target, @Nullable Object... arguments) throws Throwable {
        Method method = byType.get(target.getClass()).orElseThrow(() -> new NoSuchMethodException(name));
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}
