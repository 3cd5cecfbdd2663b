package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import org.jspecify.annotations.Nullable;

/** What has to be known of the call that returned a value. */
public interface Passage {

    /** How the consumer of a returned stream sees a Stop: as its method says. */
    enum OnStop {
        DEFAULT,
        ERROR,
        COMPLETE
    }

    Entry.Entered entered();

    /** Class and method, for people. */
    String method();

    /** What the method is declared to return, in the class that is woven. */
    Class<?> declared();

    /** Whether, by the method's signature, what it returns holds what the caller is to get another object for. */
    boolean holdsReplaced();

    /** What the parameter of this number is declared as, in the class that is woven. */
    Class<?> parameter(int number);

    OnStop onStop();

    /** Whether an abort interrupts threads that run the method's code. */
    boolean interruptible();

    /** The copy of the API that the method's class sees; null: none. */
    @Nullable
    Api api();

    /** How the application sees streams, in one copy of the API. */
    interface Api {

        /** Its {@code ActiveStream}. */
        Class<?> activeStream();

        /** What {@code ChatStreams.current()} answers inside that stream; null: nothing, since it has ended. */
        @Nullable
        Object seen(GuardedStream stream);

        /** What {@code ChatStreams.current()} answers on the calling thread; null: nothing. */
        @Nullable
        Object current();

        /** The stream that was {@linkplain #seen seen} so, while it is open; null: none. */
        @Nullable
        GuardedStream behind(Object activeStream);
    }

    /** What the application sees of a refusal: an exception of its own copy of the API, if it has one. */
    RuntimeException exception(Entry.Refusal refusal);
}
