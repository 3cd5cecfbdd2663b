package dev.chatstream.agent.adapters;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** For what another thread does in its own time. */
public final class Await {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** What may fail. */
    public interface Step {
        void run() throws Exception;
    }

    private Await() {}

    /** Waits until it is so, and fails where that does not come. */
    public static void until(String what, Callable<Boolean> isSo) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!isSo.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come within " + LONGEST + ": " + what);
            }
            Thread.sleep(1);
        }
    }

    /** The same for what is so almost at once, thousands of times. */
    public static void soon(String what, Callable<Boolean> isSo) throws Exception {
        for (int tries = 0; tries < 2_000; tries++) {
            if (isSo.call()) {
                return;
            }
            Thread.yield();
        }
        until(what, isSo);
    }

    public static <T> T of(CompletableFuture<T> future) throws Exception {
        return future.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    public static void latch(CountDownLatch latch) throws Exception {
        if (!latch.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("nobody let it go on within " + LONGEST);
        }
    }

    /** Waits until garbage collection makes it so. */
    public static void collected(String what, Callable<Boolean> isSo) throws Exception {
        until(what, () -> {
            System.gc();
            return isSo.call();
        });
    }
}
