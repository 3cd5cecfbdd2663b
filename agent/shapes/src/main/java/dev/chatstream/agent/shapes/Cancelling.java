package dev.chatstream.agent.shapes;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Cancels the source of an aborted delivery, on a thread of its own: that runs code of the application's, which may take its
 * time. The source is cancelled first and the consumer told then, but a slow source does not keep the consumer waiting; and
 * what the source saves while it is cancelled it saves while it has the chat, for as long as {@code abort-grace} allows.
 */
final class Cancelling {

    private static final Duration A_WHILE = Duration.ofMillis(250);

    private final Runnable cancelSource;
    private final Consumer<Throwable> threw;
    private final CompletableFuture<Boolean> returned = new CompletableFuture<>();

    Cancelling(Runnable cancelSource, Consumer<Throwable> threw) {
        this.cancelSource = cancelSource;
        this.threw = threw;
    }

    void begin() {
        Hop.start("chatstream-cancel", () -> {
            try {
                cancelSource.run();
            } catch (Throwable itsOwn) {
                threw.accept(itsOwn);
            } finally {
                returned.complete(true);
            }
        });
    }

    /** There is nothing to be cancelled. */
    void forget() {
        returned.complete(true);
    }

    void awaitAWhile() {
        try {
            returned.get(A_WHILE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException slow) {
            // whoever waits goes on all the same
        }
    }

    /** Not longer than the code of the application's takes: its stream has lost its chat by then where that is too long. */
    void awaitReturn() {
        returned.join();
    }
}
