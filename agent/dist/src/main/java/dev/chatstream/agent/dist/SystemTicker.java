package dev.chatstream.agent.dist;

import java.time.Duration;

/** The JVM's own time; a wake-up is a virtual thread that keeps nothing of the thread that asked for it. */
final class SystemTicker implements LineQuota.Ticker {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public void later(Duration delay, Runnable task) {
        Thread.ofVirtual()
                .name("chatstream-journal")
                .inheritInheritableThreadLocals(false)
                .start(() -> sleepThen(delay, task));
    }

    private static void sleepThen(Duration delay, Runnable task) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException nobodyDoesThis) {
            return;
        }
        task.run();
    }
}
