package dev.chatstream.agent.instrument;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;

/** Two that come at once. */
final class Race {

    /** What one of them does. */
    interface Runner {
        void run() throws Exception;
    }

    private Race() {}

    /** Returns when both are done. */
    static void of(Runner one, Runner other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        FutureTask<Void> second = new FutureTask<>(() -> {
            start.await();
            other.run();
            return null;
        });
        Thread thread = Thread.ofPlatform().start(second);
        start.await();
        one.run();
        second.get();
        thread.join();
    }
}
