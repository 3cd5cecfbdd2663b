package dev.chatstream.agent.shapes;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who stops a source of a library's own: the thread that is fed by it, when its next element comes; from the side only
 * where none comes. Many a client that is closed while another thread reads from it ends that thread's reading, and goes on
 * receiving.
 *
 * <p>Race, the next element against the longest wait for it: the first to claim stops the source, the other one does not.
 */
final class Stopping {

    /** How long the next element is waited for: long for one that streams, short for one who has pressed Stop. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final boolean fromTheSide;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);

    private Stopping(boolean fromTheSide) {
        this.fromTheSide = fromTheSide;
    }

    /** By the next element, or from the side where none comes. */
    static Stopping atNextElementOrLater() {
        return new Stopping(true);
    }

    /**
     * By the next element, whenever that comes. OkHttp, on which the clients of the model makers stand, cannot be closed while
     * another thread reads: that fails or hangs, and the connection stays open for good.
     */
    static Stopping atNextElementOnly() {
        return new Stopping(false);
    }

    /** Whether the caller is the one to stop the source. */
    boolean claim() {
        boolean first = claimed.compareAndSet(false, true);
        if (first) {
            done.countDown();
        }
        return first;
    }

    /** Stops it on a thread of its own, after the longest wait, where nobody has claimed until then. */
    void fromTheSide(Runnable stop) {
        if (!fromTheSide) {
            return;
        }
        Thread.ofVirtual()
                .name("chatstream-stop")
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    if (isUnclaimedFor(LONGEST_WAIT) && claim()) {
                        stop.run();
                    }
                });
    }

    private boolean isUnclaimedFor(Duration longest) {
        try {
            return !done.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException nobodyDoes) {
            return true;
        }
    }
}
