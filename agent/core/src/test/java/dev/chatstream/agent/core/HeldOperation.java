package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An operation on the in-memory store that waits for the test to say when it arrives, and when it is answered. */
public interface HeldOperation {

    InMemoryStore.Sent sent();

    /** It reaches the server now, and is applied; a second time too, which is what a replayed command would do. */
    void arrive();

    /** The answer reaches the store now; it arrives first, unless it did before. */
    void answer();

    /** The store answers with this failure; the operation may still {@link #arrive} later. */
    void fail(Failure failure);

    /** As {@link #fail}, with "no answer in time". */
    default void timeOut() {
        fail(new Failure(Failure.Kind.NO_ANSWER, "no answer in time (held by the test)"));
    }

    /** How the in-memory store makes one. */
    final class Of<T> implements HeldOperation {
        private final InMemoryStore.Sent sent;
        private final Supplier<? extends T> apply;
        private final Function<Failure, ? extends T> failed;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable T answer;

        Of(InMemoryStore.Sent sent, Supplier<? extends T> apply, Function<Failure, ? extends T> failed) {
            this.sent = sent;
            this.apply = apply;
            this.failed = failed;
        }

        CompletableFuture<T> meet(Fate fate, Queue<HeldOperation> held) {
            if (fate instanceof Fate.Fail fail) {
                fail(fail.failure());
            } else if (fate == Fate.APPLY) {
                answer();
            } else if (fate == Fate.LOSE_ANSWER) {
                arrive();
                timeOut();
            } else if (fate == Fate.ARRIVE_LATE) {
                held.add(this);
                timeOut();
            } else if (fate == Fate.HOLD) {
                held.add(this);
            } else {
                arrive();
                held.add(this);
            }
            return future;
        }

        @Override
        public InMemoryStore.Sent sent() {
            return sent;
        }

        @Override
        public void arrive() {
            T applied = apply.get();
            if (answer == null) {
                answer = applied;
            }
        }

        @Override
        public void answer() {
            if (answer == null) {
                arrive();
            }
            future.complete(answer);
        }

        @Override
        public void fail(Failure failure) {
            future.complete(failed.apply(failure));
        }

        @Override
        public String toString() {
            return "held " + sent;
        }
    }
}
