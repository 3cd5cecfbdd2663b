package dev.chatstream.agent.shapes;

import org.jspecify.annotations.Nullable;

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

    /** An adapter for publishers of one kind, each subscription to which goes through a {@link Delivery}. Linked as the other kinds are. */
    interface OfPublishers {

        /** A consumer has subscribed to what stands for the source. */
        void subscribe(Object source, Object consumer, Publication publication);
    }

    /** An adapter for values that are no streams themselves, and may have one inside. Linked as the other kinds are. */
    interface Around {

        /** What is inside; null: nothing. */
        @Nullable
        Object held(Object value);

        /** Whether {@link #holding} can be called for it. */
        boolean canHoldAnother(Object value);

        /** One of the same class that differs in nothing but what is inside. */
        Object holding(Object value, Object other);
    }
}
