package dev.chatstream.it.harness;

import java.util.concurrent.Callable;

/** For what nobody signals, as what Redis holds: it is looked at until it is so. */
public final class Eventually {

    private static final long BETWEEN_LOOKS_MILLIS = 20;

    private Eventually() {}

    public static void until(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + Lines.HANG.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError("waited in vain until " + what);
                }
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting until " + what, stopped);
        } catch (Exception failure) {
            throw new AssertionError("while waiting until " + what, failure);
        }
    }
}
