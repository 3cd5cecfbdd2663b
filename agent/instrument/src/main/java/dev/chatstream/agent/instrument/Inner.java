package dev.chatstream.agent.instrument;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What another value holds, as a shape around it asks: nothing is known of how it was declared. */
final class Inner {

    private final Function<Object, @Nullable Shape> shapes;

    Inner(Function<Object, @Nullable Shape> shapes) {
        this.shapes = shapes;
    }

    boolean isFollowed(@Nullable Object held) {
        Shape shape = held == null ? null : shapes.apply(held);
        return held != null && shape != null && (!shape.replaces() || shape.fits(held, Object.class));
    }

    /** Whether whoever gets it is to get another object, which is not so easy once it has been handed out. */
    boolean isReplaced(Object held) {
        Shape shape = shapes.apply(held);
        return shape != null && shape.replaces();
    }

    boolean isOver(@Nullable Object held) {
        Shape shape = held == null ? null : shapes.apply(held);
        return held == null || shape == null || shape.isOver(held);
    }

    Object follow(@Nullable Object held, Outlet outlet) {
        Shape shape = held == null ? null : shapes.apply(held);
        if (held == null || shape == null) {
            throw new IllegalStateException("not followed: " + held);
        }
        return shape.follow(held, outlet);
    }
}
