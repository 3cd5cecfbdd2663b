package dev.chatstream.agent.adapters.publishers;

import dev.chatstream.agent.adapters.publishers.Upstream.Emitter;
import java.util.List;

/**
 * One kind of publisher, and how it is made, subscribed to and talked to. Whatever has a row here inherits all rules of {@link
 * PublisherRules}.
 *
 * @param <P> its type
 */
interface Kind<P> {

    Class<?> declared();

    /** A cold one over that source. */
    P over(Upstream upstream);

    void subscribe(P publisher, Heard heard);

    /** The same, subscribed to again after an error, once; where the kind has no such operator, itself. */
    P retryingOnce(P publisher);

    /** How it ends. */
    enum Arity {
        /** Elements, and an end. */
        MANY,
        /** A value, which is the end, or an end without. */
        ONE_OR_NONE,
        /** A value, which is the end. */
        ONE,
        /** An end only. */
        NONE
    }

    Arity arity();

    /** Sends what it can send, to the end. */
    default void play(Emitter emitter) {
        for (Object element : played()) {
            emitter.next(element);
        }
        if (arity() == Arity.MANY || arity() == Arity.NONE) {
            emitter.done();
        }
    }

    /** What the consumer gets of that. */
    default List<Object> played() {
        return switch (arity()) {
            case MANY -> List.of("a", "b", "c");
            case ONE, ONE_OR_NONE -> List.of("a");
            case NONE -> List.of();
        };
    }
}
