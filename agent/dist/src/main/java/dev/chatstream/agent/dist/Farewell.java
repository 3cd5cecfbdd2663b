package dev.chatstream.agent.dist;

import java.time.Duration;

/**
 * Ends the engine with the JVM, and does not hold up the JVM where that hangs.
 *
 * @param lastly what is done in any case, and takes no time
 */
record Farewell(Runnable shutdown, Runnable lastly) implements Runnable {

    static final Duration LONGEST = Duration.ofSeconds(2);

    @Override
    public void run() {
        Thread worker = Thread.ofPlatform()
                .name("chatstream-shutdown")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(shutdown);
        try {
            worker.join(LONGEST);
        } catch (InterruptedException hurry) {
            // the JVM ends: what is not released yet is free after the TTL
        }
        lastly.run();
    }
}
