package dev.chatstream.agent.shapes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows callbacks that a method is given as parameters: what they are told goes on after the method. The same kinds of
 * {@link Shape} as of returned values, in a table of its own: that a stream is given says nothing of the method's answer.
 */
final class Arguments {

    /** The first that follows an argument's type counts. */
    private final List<Shape> all;

    private final Following following;

    private final ClassValue<Optional<Shape>> byType = new ClassValue<>() {
        @Override
        protected Optional<Shape> computeValue(Class<?> type) {
            for (Shape shape : all) {
                if (ShapeTable.isOneOf(type, shape.types())) {
                    return Optional.of(shape);
                }
            }
            return Optional.empty();
        }
    };

    Arguments(List<Shape> all, Following following) {
        this.all = all;
        this.following = following;
    }

    /** Whether arguments of a declared type are followed: it and those above it, by internal name. */
    boolean follow(Set<String> ancestors, boolean anyCanStandForIt) {
        for (int i = 0; i < all.size(); i++) {
            List<String> types = all.get(i).types();
            for (int j = 0; j < types.size(); j++) {
                if (ancestors.contains(types.get(j).replace('.', '/'))
                        && (!all.get(i).replaces() || anyCanStandForIt)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Exchanges those in the array that something else stands for. Never throws. */
    Shapes.Given follow(@Nullable Object[] given, Passage passage) {
        List<Outlet> outlets = new ArrayList<>(1);
        Throwable fault = null;
        for (int i = 0; i < given.length; i++) {
            Outlet outlet = null;
            try {
                Object argument = given[i];
                Shape shape = argument == null ? null : of(argument, passage, i);
                if (argument != null && shape != null) {
                    outlet = Outlet.ofGiven(passage, following);
                    outlets.add(outlet);
                    given[i] = followed(shape, argument, outlet);
                }
            } catch (Throwable own) {
                fault = own;
                if (outlet != null) {
                    outlet.end(); // or the chat would be held for ever
                }
            }
        }
        return outlets.isEmpty() && fault == null
                ? Shapes.Given.NOTHING
                : new Shapes.Given(
                        () -> outlets.forEach(Outlet::methodLeft),
                        () -> outlets.forEach(outlet -> threw(outlet, passage)),
                        fault);
    }

    private @Nullable Shape of(Object argument, Passage passage, int number) {
        Shape shape = byType.get(argument.getClass()).orElse(null);
        return shape == null || (shape.replaces() && !shape.fits(argument, passage.parameter(number))) ? null : shape;
    }

    private static Object followed(Shape shape, Object argument, Outlet outlet) {
        if (shape.isOver(argument)) {
            outlet.end();
            return argument;
        }
        return shape.follow(argument, outlet);
    }

    /**
     * Race, a method that leaves since its thread was interrupted, against the abort's own thread: that ends the callback, and
     * tells whoever it answers to, also where it comes later. A response would stay open otherwise, and end as if it were whole.
     */
    private static void threw(Outlet outlet, Passage passage) {
        if (passage.entered().stream().abortReason().isEmpty()) {
            outlet.end();
        }
        outlet.methodLeft();
    }
}
