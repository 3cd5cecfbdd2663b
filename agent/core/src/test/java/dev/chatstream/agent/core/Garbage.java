package dev.chatstream.agent.core;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for the collector, as long as it takes but not for ever. */
final class Garbage {

    private static final int ROUNDS = 200;

    private Garbage() {}

    /** Whether nothing reaches what the reference led to. */
    static boolean isCollected(WeakReference<?> reference) {
        return makes(() -> reference.refersTo(null));
    }

    /** Collects until that has had its effect. */
    static boolean makes(BooleanSupplier effect) {
        for (int round = 0; round < ROUNDS && !effect.getAsBoolean(); round++) {
            System.gc();
            pause();
        }
        return effect.getAsBoolean();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException interrupt) {
            throw new AssertionError("the test was interrupted", interrupt);
        }
    }
}
