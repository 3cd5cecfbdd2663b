package dev.chatstream.agent.shapes;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Looks at values that tell nobody how they are. One virtual thread for all, there only while there is something to look at:
 * a thread waiting for each would hold the value, so that a forgotten one could never be told, and would pin a carrier where
 * a plain future's {@code get()} does. What is seen is so seen at most one tick late.
 */
final class Lookout {

    private static final Duration TICK = Duration.ofMillis(20);

    private record Watched<T>(WeakReference<T> value, Predicate<? super T> settled, Outlet outlet) {

        /** Whether it need not be looked at again. */
        boolean settles() {
            T there = value.get();
            if (there == null) {
                outlet.endForgotten();
                return true;
            }
            try {
                return settled.test(there);
            } catch (
                    Throwable
                            cannotTell) { // an error too, as of a class that its loader, closed by now, has not loaded
                // yet
                outlet.end(); // or it would be looked at for ever, and no other any more
                return true;
            }
        }
    }

    private final Queue<Watched<?>> watched = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    /** @param settled must not hold the value */
    <T> void add(T value, Predicate<? super T> settled, Outlet outlet) {
        watched.add(new Watched<>(new WeakReference<>(value), settled, outlet));
        if (looking.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("chatstream-lookout")
                    .inheritInheritableThreadLocals(false) // or it would run inside the stream of whoever came first
                    .start(this::look);
        }
    }

    private void look() {
        do {
            while (!watched.isEmpty()) {
                sweep();
                pause();
            }
            looking.set(false);
            // race: one that is added just now finds `looking` set and starts nobody, or is seen here
        } while (!watched.isEmpty() && looking.compareAndSet(false, true));
    }

    private void sweep() {
        for (Iterator<Watched<?>> each = watched.iterator(); each.hasNext(); ) {
            if (each.next().settles()) {
                each.remove();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(TICK);
        } catch (InterruptedException nobodyDoes) {
            // it looks again somewhat earlier
        }
    }
}
