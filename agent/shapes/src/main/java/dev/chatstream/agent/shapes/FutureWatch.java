package dev.chatstream.agent.shapes;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at the plain futures that guarded methods have returned, and ends their streams when they are over. One virtual
 * thread for all, there only while there is something to look at: a thread waiting in {@code get()} for each would hold
 * the future, so that a forgotten one could never be told, and would pin a carrier where {@code get()} does. A lock is so
 * given back at most one tick late.
 */
final class FutureWatch {

    private static final Duration TICK = Duration.ofMillis(20);

    private record Watched(WeakReference<Future<?>> future, Outlet outlet) {

        /** Ends the stream where the future is over, or nobody can reach it any more. */
        boolean settles() {
            Future<?> running = future.get();
            if (running == null) {
                outlet.endForgotten();
                return true;
            }
            if (isOver(running)) {
                outlet.end();
                return true;
            }
            return false;
        }

        private static boolean isOver(Future<?> future) {
            try {
                return future.isDone();
            } catch (RuntimeException cannotTell) {
                return true; // it would be looked at for ever
            }
        }
    }

    private final Queue<Watched> watched = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    void add(Future<?> future, Outlet outlet) {
        watched.add(new Watched(new WeakReference<>(future), outlet));
        if (looking.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("chatstream-futures")
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
        for (Iterator<Watched> each = watched.iterator(); each.hasNext(); ) {
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
