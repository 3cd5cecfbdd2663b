package dev.chatstream.agent.instrument;

import java.time.Duration;
import java.util.concurrent.Callable;

/** For what another thread does in its own time. */
final class Await {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Await() {}

    /** Waits until it is so, and fails where that does not come. */
    static void until(Callable<Boolean> isSo) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!isSo.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come within " + LONGEST);
            }
            Thread.sleep(1);
        }
    }
}
