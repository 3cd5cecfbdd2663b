package dev.chatstream.agent.shapes;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A type of one of the application's libraries, by its name.
 *
 * @param name binary name
 */
record Library(String name) {

    /**
     * @param name given after a mark: packaging renames the libraries that the agent brings along, also within texts that begin
     *     with one of their names, and the application's keep theirs
     */
    Library {
        if (name.charAt(0) != '~') {
            throw new IllegalArgumentException(name + " bears no mark");
        }
        name = name.substring(1);
    }

    /** The type among those of a value that has it: the copy of the library which the value is of. */
    Class<?> of(Object value) {
        return requireNonNull(find(value.getClass(), name), name);
    }

    /** The type of that name among a type and those above it; by name, since most of these types are the application's. */
    static @Nullable Class<?> find(@Nullable Class<?> from, String name) {
        if (from == null || from.getName().equals(name)) {
            return from;
        }
        Class<?> above = find(from.getSuperclass(), name);
        for (Class<?> implemented : from.getInterfaces()) {
            above = above == null ? find(implemented, name) : above;
        }
        return above;
    }
}
