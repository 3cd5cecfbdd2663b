package dev.chatstream.agent.adapters.publishers;

import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two threads that act at the same time, again and again. */
final class Duel implements AutoCloseable {

    /** How far one may be ahead, in turns of an empty loop: about as long as what they do takes. */
    private static final int MOST_AHEAD = 600;

    /** What one of them does. */
    interface Act {
        void run() throws Exception;
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Random random = new Random(1);

    /** Returns when both are done. */
    void between(Act one, Act other) throws Exception {
        AtomicInteger missing = new AtomicInteger(2);
        Future<?> first = act(one, missing);
        Future<?> second = act(other, missing);
        first.get(30, TimeUnit.SECONDS);
        second.get(30, TimeUnit.SECONDS);
    }

    private Future<?> act(Act act, AtomicInteger missing) {
        int behind = random.nextInt(MOST_AHEAD);
        return threads.submit(() -> {
            missing.decrementAndGet();
            while (missing.get() > 0) {
                Thread.yield();
            }
            for (int i = 0; i < behind; i++) {
                Thread.onSpinWait();
            }
            act.run();
            return null;
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
