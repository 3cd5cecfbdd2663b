package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.GuardedStream;
import java.util.concurrent.CancellationException;
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

    /** An adapter for Kotlin's functions that suspend. Linked as the other kinds are, beside its library of coroutines. */
    interface OfCoroutines {

        /** What a function returns that has suspended. */
        Object suspended();

        /** Whether a dispatcher of the caller's says where it is resumed: if not, that is where whoever resumes it is. */
        boolean isDispatched(Object continuation);

        /** What the function gets in place of its caller's continuation. */
        StandIn standIn(Object continuation, Suspension suspension);
    }

    /** What stands in for the continuation of a function's caller, over a job of its own. Never blocks. */
    interface StandIn {

        Suspension suspension();

        /** Has {@link Suspension#begin} called where the caller's dispatcher wants it. */
        void begin();

        /** Whatever the function suspends in ends with this exception. */
        void cancel(CancellationException exception);

        /** What its job was cancelled with, by whomever; null: it was not. */
        @Nullable
        CancellationException cancelled();

        /** The function is over, and so is its job once all that was started in it is. */
        void complete();
    }

    /** One call of a function that suspends. */
    interface Suspension {

        /** The streams that its code runs in. */
        GuardedStream.Carried carried();

        /**
         * Its wait is over.
         *
         * @return what the function returns
         * @throws Throwable what it throws, or why it does not run
         */
        @Nullable
        Object begin() throws Throwable;

        /**
         * The function has returned.
         *
         * @return what its caller gets
         */
        @Nullable
        Object returned(@Nullable Object value);

        /** The function has thrown. */
        void threw();

        /** Its job was cancelled, by whomever. */
        void cancelled();
    }
}
