package dev.chatstream.agent.adapters.publishers;

import dev.chatstream.agent.adapters.Await;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A consumer: what it was told, and how it leaves. */
class Heard {

    final List<Object> elements = new CopyOnWriteArrayList<>();
    private final AtomicInteger ends = new AtomicInteger();
    private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
    private volatile Runnable cancel = () -> {};

    /** How it unsubscribes. */
    void by(Runnable cancels) {
        cancel = cancels;
    }

    void next(Object element) {
        elements.add(element);
    }

    void failed(Throwable failure) {
        ends.incrementAndGet();
        end.complete(Optional.of(failure));
    }

    void done() {
        ends.incrementAndGet();
        end.complete(Optional.empty());
    }

    void cancel() {
        cancel.run();
    }

    /** Empty: a normal end. */
    Optional<Throwable> end() throws Exception {
        return Await.of(end);
    }

    boolean hasEnded() {
        return end.isDone();
    }

    int ends() {
        return ends.get();
    }
}
