package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of the JVM, after the application's own hooks: what is open is aborted and given a moment to end by itself, so
 * that it can save what it has under its lock; then all is released in one trip a lane, ended or not.
 *
 * <p>Race, a call that enters now: it registers before it looks whether the JVM ends, and here it is the other way round,
 * so that one of the two sees the other.
 */
final class Shutdown {

    /** For the streams to end, and for the store to answer; with the second that it may take to close, two seconds. */
    private static final long TO_END = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long TO_ANSWER = TimeUnit.MILLISECONDS.toNanos(400);

    private final Engine engine;
    private final AtomicBoolean begun = new AtomicBoolean();

    Shutdown(Engine engine) {
        this.engine = engine;
    }

    /** The second time does nothing. */
    void run() {
        if (begun.compareAndSet(false, true)) {
            engine.stop();
            abortAll();
            awaitTheirEnd();
            releaseAll();
            engine.end();
        }
    }

    private void abortAll() {
        List<OpenStream> all = new ArrayList<>();
        engine.registry().forEach(all::add);
        long open = all.stream().filter(OpenStream::isOpen).count();
        engine.narrator().shutDown(open, all.size() - open);
        all.forEach(stream -> stream.abort(AbortReason.SHUTDOWN, "the JVM ends"));
    }

    private void awaitTheirEnd() {
        try {
            engine.registry().awaitEmpty(TO_END);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt(); // whoever ends the JVM does not want to wait
        }
    }

    private void releaseAll() {
        engine.registry().forEach(OpenStream::renounce); // it may run on
        CompletableFuture<?> answered = engine.releases().sendAll();
        try {
            answered.get(TO_ANSWER, TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // the locks expire by themselves, at most one TTL after their last renewal
        }
    }
}
