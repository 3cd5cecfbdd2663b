package dev.chatstream.agent.shapes;

import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Wraps what a reader does with each element, to tell its exceptions from those of the source. For one thread. */
final class Watched {

    /** There are no more elements, whatever the source still has. */
    static final class End extends RuntimeException {
        private static final long serialVersionUID = 1;

        private End() {
            super(null, null, false, false);
        }
    }

    private final Feed feed;
    private @Nullable Throwable thrown;

    Watched(Feed feed) {
        this.feed = feed;
    }

    /** Whether the reader threw this, or the abort that it was to see. */
    @SuppressWarnings("ReferenceEquality") // this very one
    boolean threw(Throwable seen) {
        return seen == thrown;
    }

    /** An action of any other kind is itself. */
    @SuppressWarnings("unchecked")
    Object around(Object action) {
        return switch (action) {
            case IntConsumer of -> (IntConsumer) element -> run(() -> of.accept(element));
            case LongConsumer of -> (LongConsumer) element -> run(() -> of.accept(element));
            case DoubleConsumer of -> (DoubleConsumer) element -> run(() -> of.accept(element));
            case Consumer<?> of -> (Consumer<Object>) element -> run(() -> ((Consumer<Object>) of).accept(element));
            default -> action;
        };
    }

    private void run(Runnable step) {
        try {
            if (!feed.check()) {
                throw new End();
            }
            step.run();
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        }
    }
}
