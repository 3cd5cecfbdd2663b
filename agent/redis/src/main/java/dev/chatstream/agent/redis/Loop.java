package dev.chatstream.agent.redis;

import io.lettuce.core.RedisClient;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that does all input and output, and on which the store's state lives; with the client that runs on it.
 * Made on the thread that connects, since loading its classes takes a while. A single loop and no group of one: the end
 * of a group is told by another thread of Netty's, which lives on for a second.
 */
final class Loop {

    private static final Duration QUICK = Duration.ofMillis(50);

    private final EventLoop events;
    private final RedisClient client;

    Loop() {
        ThreadFactory threads = task -> Threads.daemon("io", task);
        events = new SingleThreadIoEventLoop(null, threads, NioIoHandler.newFactory());
        client = new CommandClient(new QuietResources(events));
    }

    EventLoop events() {
        return events;
    }

    RedisClient client() {
        return client;
    }

    /** Runs it on the loop; false: the loop is closed. */
    boolean run(Runnable task) {
        try {
            events.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    /** Closes connections and ends the thread; waits for it, unless it is the caller itself. */
    void close(Duration atMost) {
        var unusedClient = client.shutdownAsync(0, QUICK.toMillis(), TimeUnit.MILLISECONDS);
        var unusedEvents = events.shutdownGracefully(0, QUICK.toMillis(), TimeUnit.MILLISECONDS);
        if (!events.inEventLoop()) {
            awaitEnd(atMost);
        }
    }

    private void awaitEnd(Duration atMost) {
        try {
            if (!events.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                return; // a daemon: it holds nobody up
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
