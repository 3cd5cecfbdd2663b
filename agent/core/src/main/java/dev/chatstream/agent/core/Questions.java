package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Failure;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Questions to the store. It promises to make no errors of its own; one that it makes all the same must not end a sweep. */
final class Questions {

    private Questions() {}

    /** The answer; what the store throws is in it. */
    static <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    /**
     * The answer to an acquire, of which its lane hears. An error is told, and is no answer: the lease has to hear of it too, or
     * it would never be asked for again.
     *
     * @param failed what else is to be done after an error
     */
    static CompletableFuture<Acquisition> acquire(
            Engine engine,
            Lane lane,
            long sentAt,
            Supplier<CompletableFuture<Acquisition>> question,
            Consumer<Throwable> failed) {
        return ask(question)
                .thenApply(answer -> {
                    lane.heard(Outages.Work.ACQUIRE, answer, sentAt, engine.now());
                    return answer;
                })
                .exceptionally(fault -> {
                    engine.narrator().ownFault("in an acquire", fault);
                    failed.accept(fault);
                    return new Failure(Failure.Kind.NO_ANSWER, String.valueOf(fault));
                });
    }

    /** The answers to a batch, one for each; an error is told, and is no answer. */
    static <T> CompletableFuture<List<T>> askAll(
            Narrator narrator,
            String where,
            int number,
            Supplier<CompletableFuture<List<T>>> question,
            Function<Failure, T> failed) {
        return ask(question)
                .thenApply(answers -> {
                    if (answers.size() != number) {
                        throw new IllegalStateException(answers.size() + " answers to " + number + " questions");
                    }
                    return answers;
                })
                .exceptionally(fault -> {
                    narrator.ownFault(where, fault);
                    T none = failed.apply(new Failure(Failure.Kind.NO_ANSWER, String.valueOf(fault)));
                    return Collections.nCopies(number, none);
                });
    }
}
