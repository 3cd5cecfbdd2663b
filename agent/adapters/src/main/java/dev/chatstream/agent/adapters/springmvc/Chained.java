package dev.chatstream.agent.adapters.springmvc;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was in a slot, and after it what the agent has to do: also where the former throws. */
final class Chained {
    private Chained() {}

    /** A callback without a parameter. */
    record Run(@Nullable Runnable theirs, Runnable ours) implements Runnable {
        @Override
        public void run() {
            try {
                if (theirs != null) {
                    theirs.run();
                }
            } finally {
                ours.run();
            }
        }
    }

    /** One that is told of a failure. */
    record Tell(@Nullable Consumer<Throwable> theirs, Consumer<Throwable> ours) implements Consumer<Throwable> {
        @Override
        public void accept(Throwable failure) {
            try {
                if (theirs != null) {
                    theirs.accept(failure);
                }
            } finally {
                ours.accept(failure);
            }
        }
    }
}
