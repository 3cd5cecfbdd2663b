package dev.chatstream.agent.instrument;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table of shapes. */
final class Shapes {

    /** Iterable, and over all the same when the method returns. */
    private static final List<String> PLAIN = List.of("java.util.Collection", "java.nio.file.Path");

    /** The first that follows a value's type counts. */
    private final List<Shape> all;

    Shapes(StandIns standIns) {
        Inner inner = this::ofInner;
        this.all = List.of(
                new CompletableFutureShape(inner),
                new CompletionStageShape(inner),
                new FutureShape(new FutureWatch()),
                new PullShape(standIns, "java.util.stream.BaseStream"),
                new PullShape(standIns, "java.util.Iterator"),
                new InputStreamShape(),
                new ReaderShape(),
                new OptionalShape(inner),
                new HttpResponseShape(inner, standIns),
                new PullShape(standIns, "java.lang.Iterable"));
    }

    private final ClassValue<Optional<Shape>> byType = new ClassValue<>() {
        @Override
        protected Optional<Shape> computeValue(Class<?> type) {
            for (String name : PLAIN) {
                if (extendsOrIs(type, name)) {
                    return Optional.empty();
                }
            }
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

    /**
     * The shape of a value; null: a plain one, which is over when the method returns, or one that nothing else can stand for.
     *
     * @param declared the type that it was declared as, asked for only where the shape replaces it
     */
    @Nullable
    Shape of(Object value, Supplier<Class<?>> declared) {
        Shape shape = byType.get(value.getClass()).orElse(null);
        return shape == null || (shape.replaces() && !shape.fits(value, declared.get())) ? null : shape;
    }

    /** The shape of what another value holds, of which is not known how it was declared. */
    private @Nullable Shape ofInner(@Nullable Object held) {
        return held == null ? null : of(held, () -> Object.class);
    }

    /**
     * Whether values of a declared type are followed; all by internal name.
     *
     * @param ancestors the type and those above it
     * @param anyCanStandForIt whether it is an interface; for a class nothing else can stand but what a shape knows
     */
    boolean follow(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        for (int i = 0; i < all.size(); i++) {
            Shape shape = all.get(i);
            for (int j = 0; j < shape.types().size(); j++) {
                String type = shape.types().get(j).replace('.', '/');
                if (ancestors.contains(type) && (!shape.replaces() || anyCanStandForIt || declared.equals(type))) {
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
