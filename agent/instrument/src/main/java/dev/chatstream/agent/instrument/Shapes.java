package dev.chatstream.agent.instrument;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of shapes. */
final class Shapes {

    /** The first that follows a value's type counts. */
    private final List<Shape> all =
            List.of(new CompletableFutureShape(), new CompletionStageShape(), new FutureShape(new FutureWatch()));

    private final ClassValue<Optional<Shape>> byType = new ClassValue<>() {
        @Override
        protected Optional<Shape> computeValue(Class<?> type) {
            for (Shape shape : all) {
                for (String name : shape.types()) {
                    if (extendsOrIs(type, name)) {
                        return Optional.of(shape);
                    }
                }
            }
            return Optional.empty();
        }
    };

    /** The shape of a value; null: a plain one, which is over when the method returns. */
    @Nullable
    Shape of(Object value) {
        return byType.get(value.getClass()).orElse(null);
    }

    /** Whether any of a declared type's ancestors, by internal name, is followed. */
    boolean follow(Set<String> ancestors) {
        for (int i = 0; i < all.size(); i++) {
            List<String> types = all.get(i).types();
            for (int j = 0; j < types.size(); j++) {
                if (ancestors.contains(types.get(j).replace('.', '/'))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** By name, since most of these types are the application's. */
    private static boolean extendsOrIs(@Nullable Class<?> type, String name) {
        if (type == null) {
            return false;
        }
        if (type.getName().equals(name) || extendsOrIs(type.getSuperclass(), name)) {
            return true;
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (extendsOrIs(implemented, name)) {
                return true;
            }
        }
        return false;
    }
}
