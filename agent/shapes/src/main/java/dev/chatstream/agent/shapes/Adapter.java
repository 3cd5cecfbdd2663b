package dev.chatstream.agent.shapes;

/**
 * Follows values of one of the application's libraries. Implementations are compiled against that library and linked beside
 * it, in each loader that has it ({@link Adapters}); they have a constructor without parameters, and keep no state but what
 * goes with their library.
 */
public interface Adapter {

    /**
     * Follows a value to its end, as {@link Outlet} tells; does not block.
     *
     * @return what the method's caller gets
     */
    Object follow(Object value, Outlet outlet);
}
