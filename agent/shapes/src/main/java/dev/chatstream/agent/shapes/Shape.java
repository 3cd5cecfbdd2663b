package dev.chatstream.agent.shapes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of value that goes on after the method has returned it: a future, a stream. A new one is one file that implements
 * this, and one row in {@link Shapes}.
 */
interface Shape {

    /**
     * Binary names of the types whose values it follows. They are looked for at run time among the types of the value
     * itself, so that a method may declare {@code Object}; and, when a method is woven, among those of its declared type.
     */
    List<String> types();

    /** Whether the method's caller gets another object than the method returned. */
    default boolean replaces() {
        return false;
    }

    /**
     * Whether that other object can take the value's place in code that was compiled against the declared type. Asked only
     * where it {@link #replaces}.
     */
    default boolean fits(Object value, Class<?> declared) {
        return true;
    }

    /** Why a value that streams does not {@link #fits fit}, for people; null: it is a plain value then, or it was said when woven. */
    default @Nullable String whyUnfit(Object value, Class<?> declared) {
        return null;
    }

    /** Whether the value is a publisher: it runs once it is subscribed to, and each time it is. */
    default boolean isSubscribed() {
        return false;
    }

    /** Whether the value only holds another one, which is what is followed. */
    default boolean isHolder() {
        return false;
    }

    /** Whether the value is over already: then there is nothing to follow. One that does not tell ends when it is followed. */
    default boolean isOver(Object value) {
        return false;
    }

    /**
     * Follows a value to its end: {@link Outlet#end} is called once it is over, {@link Outlet#onAbort} says how it is
     * aborted. Does not block.
     *
     * @return what the method's caller gets: the value itself wherever that can be followed
     */
    Object follow(Object value, Outlet outlet);
}
