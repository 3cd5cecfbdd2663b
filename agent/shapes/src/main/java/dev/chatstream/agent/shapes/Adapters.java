package dev.chatstream.agent.shapes;

import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/**
 * One adapter, linked once for each copy of its library: kept with a class of the library, so that it goes when that goes,
 * and an application may have several.
 */
final class Adapters<A> {

    /** The adapter beside one copy of the library, or why there is none. */
    private record Linked<A>(@Nullable A adapter, @Nullable Throwable why) {}

    private final Class<A> kind;
    private final String name;

    private final ClassValue<Linked<A>> linked = new ClassValue<>() {
        @Override
        protected Linked<A> computeValue(Class<?> library) {
            try {
                return new Linked<>(link(library), null);
            } catch (ReflectiveOperationException | LinkageError | RuntimeException why) {
                return new Linked<>(null, why); // a version of the library that it was not written for
            }
        }
    };

    /**
     * @param name the adapter's class, from {@code adapters.} on: packaging renames libraries also in texts that begin with a
     *     name of theirs
     */
    Adapters(Class<A> kind, String name) {
        this.kind = kind;
        this.name = "dev.chatstream.agent." + name;
    }

    /** Whether values of this copy of the library can be followed. */
    boolean fits(Class<?> library) {
        return linked.get(library).adapter() != null;
    }

    /** Why it cannot be linked to this copy of the library; null: it can. */
    @Nullable
    Throwable whyNot(Class<?> library) {
        return linked.get(library).why();
    }

    /** @throws IllegalStateException where it cannot be linked to this copy of the library */
    A of(Class<?> library) {
        Linked<A> found = linked.get(library);
        if (found.adapter() == null) {
            throw new IllegalStateException(name + " cannot be linked to this version of " + library, found.why());
        }
        return found.adapter();
    }

    private A link(Class<?> library) throws ReflectiveOperationException {
        ClassLoader loader = library.getClassLoader();
        Constructor<?> constructor =
                Class.forName(name, true, new AdapterLoader(loader)).getDeclaredConstructor();
        constructor.setAccessible(true);
        return kind.cast(constructor.newInstance());
    }
}
