package dev.chatstream.agent.adapters.publishers;

import dev.chatstream.agent.adapters.Await;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The source of a publisher: what the model would send. The last subscription to it is the one that is spoken to. */
class Upstream {

    /** How one subscription to it is spoken to. */
    interface Emitter {
        void next(Object element);

        void fail(Throwable failure);

        void done();
    }

    private final AtomicInteger subscriptions = new AtomicInteger();
    private volatile Consumer<Emitter> atFirst = by -> {};
    private volatile CompletableFuture<Emitter> emitter = new CompletableFuture<>();
    private volatile CompletableFuture<Boolean> cancelled = new CompletableFuture<>();

    /** What the source does while it is subscribed to for the first time. */
    void atFirst(Consumer<Emitter> act) {
        atFirst = act;
    }

    /** Called by the publisher when it is subscribed to. */
    void subscribed(Emitter by) {
        if (emitter.isDone()) {
            cancelled = new CompletableFuture<>();
            emitter = CompletableFuture.completedFuture(by);
        } else {
            emitter.complete(by);
        }
        if (subscriptions.incrementAndGet() == 1) { // after the emitter, which whoever waits for it wants
            atFirst.accept(by);
        }
    }

    /** Called by the publisher when it is cancelled. */
    void cancelled() {
        cancelled.complete(true);
    }

    Emitter emitter() throws Exception {
        return Await.of(emitter);
    }

    void awaitCancel() throws Exception {
        Await.of(cancelled);
    }

    boolean isCancelled() {
        return cancelled.isDone();
    }

    int subscriptions() {
        return subscriptions.get();
    }

    void awaitSubscriptions(int number) throws Exception {
        Await.until(number + " subscriptions", () -> subscriptions.get() == number);
    }
}
