package dev.chatstream.agent.shapes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Optional} around anything that is followed: the caller gets one around what it would have got. */
final class OptionalShape implements Shape {

    private final Inner inner;

    OptionalShape(Inner inner) {
        this.inner = inner;
    }

    @Override
    public List<String> types() {
        return List.of("java.util.Optional");
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean isHolder() {
        return true;
    }

    /** One that holds nothing, or a plain value, is a plain value itself. */
    @Override
    public boolean fits(Object value, Class<?> declared) {
        return inner.of(held(value)) != null;
    }

    @Override
    public boolean isOver(Object value) {
        Object held = held(value);
        return shape(held).isOver(requireNonNull(held));
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        Object held = held(value);
        return Optional.of(shape(held).follow(requireNonNull(held), outlet));
    }

    /** There is one, or this would not {@link #fits fit}. */
    private Shape shape(@Nullable Object held) {
        return requireNonNull(inner.of(held));
    }

    private static @Nullable Object held(Object value) {
        return ((Optional<?>) value).orElse(null);
    }
}
