package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Failure;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Those who wait for one lane: for a connection, or for an answer. */
final class Callers {

    private final Set<Consumer<Lane.Reach>> forConnection = ConcurrentHashMap.newKeySet();
    private final Set<Consumer<Failure>> forAnswer = ConcurrentHashMap.newKeySet();

    boolean noneWaitsForConnection() {
        return forConnection.isEmpty();
    }

    CompletableFuture<Lane.Reach> waitForConnection() {
        CompletableFuture<Lane.Reach> told = new CompletableFuture<>();
        forConnection.add(told::complete);
        return told;
    }

    /** Completes this with what the lane's going down makes of it; to be handed to {@link #over}. */
    <T> Consumer<Failure> waitForAnswer(CompletableFuture<T> first, Function<Failure, T> instead) {
        Consumer<Failure> watch = failure -> first.complete(instead.apply(failure));
        forAnswer.add(watch);
        return watch;
    }

    void over(Consumer<Failure> watch) {
        forAnswer.remove(watch);
    }

    void up(Lane.Reach reached) {
        tell(forConnection, reached);
    }

    void down(Failure failure) {
        tell(forAnswer, failure);
        tell(forConnection, new Lane.Reach.Down(failure));
    }

    private static <T> void tell(Set<Consumer<T>> told, T news) {
        List<Consumer<T>> all = List.copyOf(told);
        all.forEach(told::remove);
        all.forEach(one -> one.accept(news));
    }
}
