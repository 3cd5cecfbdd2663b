package dev.chatstream.agent.adapters;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import reactor.core.scheduler.NonBlocking;

/** A thread that must not block. */
public final class EventLoop extends Thread implements NonBlocking {

    private EventLoop(Runnable code) {
        super(code, "event-loop");
    }

    /** Runs it on one. */
    public static <T> T call(Supplier<? extends T> code) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new EventLoop(() -> {
                    try {
                        result.complete(code.get());
                    } catch (Throwable thrown) {
                        result.completeExceptionally(thrown);
                    }
                })
                .start();
        try {
            return Await.of(result);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    /** The same, without a result. */
    public static void run(Runnable code) {
        call(() -> {
            code.run();
            return true;
        });
    }
}
