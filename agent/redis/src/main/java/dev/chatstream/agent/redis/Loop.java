package dev.chatstream.agent.redis;

import io.lettuce.core.RedisClient;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that does all input and output, and on which the store's state lives; with the client that runs on it.
 * Made on the thread that connects, since loading its classes takes a while.
 */
final class Loop {

    private static final Duration QUICK = Duration.ofMillis(50);

    private final EventLoopGroup group;
    private final RedisClient client;

    Loop() {
        ThreadFactory threads = task -> Threads.daemon("io", task);
        group = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
        client = RedisClient.create(new QuietResources(group));
    }

    EventLoop events() {
        return group.next();
    }

    RedisClient client() {
        return client;
    }

    /** Runs it on the loop; false: the loop is closed. */
    boolean run(Runnable task) {
        try {
            group.next().execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    /** Closes connections and ends the thread; waits for it, unless it is the caller itself. */
    void close(Duration atMost) {
        var unusedClient = client.shutdownAsync(0, QUICK.toMillis(), TimeUnit.MILLISECONDS);
        var unusedGroup = group.shutdownGracefully(0, QUICK.toMillis(), TimeUnit.MILLISECONDS);
        if (!group.next().inEventLoop()) {
            awaitEnd(atMost);
        }
    }

    private void awaitEnd(Duration atMost) {
        try {
            if (!group.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                return; // a daemon: it holds nobody up
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
