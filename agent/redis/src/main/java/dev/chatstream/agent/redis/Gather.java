package dev.chatstream.agent.redis;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Puts the answers of several queries, which come in any order, in the order of the question. Filled on one thread. */
final class Gather<T> {

    private final @Nullable Object[] answers;
    private final CompletableFuture<List<T>> future = new CompletableFuture<>();
    private int missing;

    Gather(int size) {
        answers = new Object[size];
        missing = size;
        completeIfWhole();
    }

    CompletableFuture<List<T>> future() {
        return future;
    }

    void put(int index, T answer) {
        answers[index] = answer;
        missing--;
        completeIfWhole();
    }

    @SuppressWarnings("unchecked") // only T is put in
    private void completeIfWhole() {
        if (missing == 0) {
            future.complete((List<T>) Collections.unmodifiableList(Arrays.asList(answers)));
        }
    }
}
