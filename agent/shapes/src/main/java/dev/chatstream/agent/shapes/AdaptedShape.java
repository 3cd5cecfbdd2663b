package dev.chatstream.agent.shapes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type of one of the application's libraries: its values are followed by an adapter that is linked beside the library. */
final class AdaptedShape implements Shape {

    private final String type;
    private final Adapters adapters;
    private final boolean replaces;

    /**
     * @param type binary name, after a mark ({@link #theirs})
     * @param adapter the adapter's class, in the package of adapters
     * @param replaces whether the caller gets another object, which is a {@code type}
     */
    AdaptedShape(String type, String adapter, boolean replaces) {
        this.type = theirs(type);
        this.adapters = new Adapters(adapter);
        this.replaces = replaces;
    }

    /**
     * The name of a type of the application's: packaging renames the libraries that the agent brings along, also within texts
     * that begin with one of them, so here they begin with a mark.
     */
    static String theirs(String marked) {
        if (marked.charAt(0) != '~') {
            throw new IllegalArgumentException(marked + " bears no mark");
        }
        return marked.substring(1);
    }

    @Override
    public List<String> types() {
        return List.of(type);
    }

    @Override
    public boolean replaces() {
        return replaces;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        Class<?> library = library(value);
        return declared.isAssignableFrom(library)
                && (!declared.equals(Object.class) || !StandIns.canBeNamed(value, library))
                && adapters.fits(library);
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        return adapters.of(library(value)).follow(value, outlet);
    }

    private Class<?> library(Object value) {
        return requireNonNull(find(value.getClass()), type);
    }

    private @Nullable Class<?> find(@Nullable Class<?> from) {
        if (from == null || from.getName().equals(type)) {
            return from;
        }
        Class<?> above = find(from.getSuperclass());
        for (Class<?> implemented : from.getInterfaces()) {
            above = above == null ? find(implemented) : above;
        }
        return above;
    }
}
