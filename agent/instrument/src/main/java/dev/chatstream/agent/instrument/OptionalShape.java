package dev.chatstream.agent.instrument;

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

    /** One that holds nothing, or a plain value, is a plain value itself. */
    @Override
    public boolean fits(Object value, Class<?> declared) {
        return inner.isFollowed(held(value));
    }

    @Override
    public boolean isOver(Object value) {
        return inner.isOver(held(value));
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        return Optional.of(inner.follow(held(value), outlet));
    }

    private static @Nullable Object held(Object value) {
        return ((Optional<?>) value).orElse(null);
    }
}
