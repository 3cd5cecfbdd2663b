package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of the JVM, after the application's own hooks: what is open is aborted and given a moment to end by itself, so
 * that it can save what it has under its lock; the rest is released in one trip a lane, ended or not.
 */
final class Shutdown {

    /** For the streams to end, and for the store to answer; together less than the two seconds that are promised. */
    private static final long TO_END = TimeUnit.MILLISECONDS.toNanos(700);

    private static final long TO_ANSWER = TimeUnit.MILLISECONDS.toNanos(700);

    private final Engine engine;

    Shutdown(Engine engine) {
        this.engine = engine;
    }

    void run() {
        engine.stop();
        List<OpenStream> open = new ArrayList<>();
        List<OpenStream> waiting = new ArrayList<>();
        engine.registry().forEach(stream -> (stream.isOpen() ? open : waiting).add(stream));
        engine.narrator().shutDown(open.size(), waiting.size());
        waiting.forEach(stream -> stream.abort(AbortReason.SHUTDOWN, "the JVM ends"));
        CountDownLatch ended = new CountDownLatch(open.size());
        for (OpenStream stream : open) {
            stream.abort(AbortReason.SHUTDOWN, "the JVM ends");
            stream.whenEnded(ended::countDown);
        }
        await(ended);
        List<OpenStream> left = open.stream().filter(Shutdown::closesLease).toList();
        if (engine.hasStore()) {
            releaseAll(left);
            engine.store().close();
        }
        engine.pacemaker().stop();
    }

    private static boolean closesLease(OpenStream stream) {
        Lease lease = stream.lease();
        return lease != null && lease.close();
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await(TO_END, TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt(); // whoever ends the JVM does not want to wait
        }
    }

    private void releaseAll(List<OpenStream> streams) {
        Map<String, List<Releasing>> byLane = new HashMap<>();
        for (OpenStream stream : streams) {
            Releasing release = new Releasing(
                    Objects.requireNonNull(stream.lease()).claim(),
                    !stream.identity().ownId());
            byLane.computeIfAbsent(engine.store().laneOfChat(stream.chatId()), lane -> new ArrayList<>())
                    .add(release);
        }
        CompletableFuture<?>[] answers =
                byLane.values().stream().map(engine.store()::release).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(answers).get(TO_ANSWER, TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException late) {
            // the locks expire by themselves, at most one TTL after their last renewal
        }
    }
}
