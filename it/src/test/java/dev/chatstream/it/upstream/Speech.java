package dev.chatstream.it.upstream;

import java.util.concurrent.TimeUnit;

/**
 * One answer of the model: how many tokens it has said, and whether its client still listens.
 *
 * <pre>
 * speaking --(all said)--> over
 *    |  \--(client closed the connection)--> over
 *    '--(pause reached)--> silent --(go on, or closed)--> speaking, over
 * </pre>
 */
final class Speech {

    /** Only a hang takes so long; nothing is measured by it. */
    private static final long HANG_NANOS = TimeUnit.SECONDS.toNanos(Integer.getInteger("it.patience", 60));

    private final String call;
    private int allowed = Integer.MAX_VALUE;
    private int said;
    private boolean closed;
    private boolean over;

    Speech(String call) {
        this.call = call;
    }

    /** No token more than so many, until {@link #goOn()}. */
    synchronized void pauseAfter(int tokens) {
        allowed = tokens;
    }

    /** The test lets a silent model speak on. */
    synchronized void goOn() {
        allowed = Integer.MAX_VALUE;
        notifyAll();
    }

    /** Waits as long as a token takes and while the model is silent; false: nobody listens any more. */
    synchronized boolean mayPass(long nanos) throws InterruptedException {
        long next = System.nanoTime() + nanos;
        while (!closed) {
            long left = next - System.nanoTime();
            if (left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } else if (said >= allowed) {
                wait();
            } else {
                return true;
            }
        }
        return false;
    }

    synchronized void tokenSaid() {
        said++;
        notifyAll();
    }

    /** The client has closed its connection; the answer of the model ends here. */
    synchronized void clientClosed() {
        closed = true;
        notifyAll();
    }

    /** Nothing is sent any more. */
    synchronized void end() {
        over = true;
        notifyAll();
    }

    synchronized int said() {
        return said;
    }

    synchronized boolean wasClosedByTheClient() {
        return closed;
    }

    /** Waits until so many were said. */
    synchronized void awaitSaid(int tokens) {
        awaitUntil(() -> said >= tokens, "has said " + tokens + " tokens");
    }

    /** Waits until nothing is sent any more, and returns how many tokens it said in all. */
    synchronized int awaitOver() {
        awaitUntil(() -> over, "is over");
        return said;
    }

    private void awaitUntil(java.util.function.BooleanSupplier condition, String what) {
        long end = System.nanoTime() + HANG_NANOS;
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("waited in vain until the answer of " + call + " " + what + ": " + this);
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
        }
    }

    @Override
    public synchronized String toString() {
        return said + " tokens, " + (closed ? "closed by its client" : "not closed") + (over ? ", over" : ", speaking");
    }
}
