package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.LeaseStore.Failure;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Finishes every query in time. All take the same time at most, so they stand in the order of their deadlines, and one
 * timer, for the first of them, is enough; none runs while nothing is asked. Lives on the loop.
 */
final class Deadlines {

    private final EventLoop loop;
    private final Duration timeout;
    private final Queue<Query> open = new ArrayDeque<>();
    private boolean ticking;

    Deadlines(EventLoop loop, Duration timeout) {
        this.loop = loop;
        this.timeout = timeout;
    }

    void add(Query query) {
        open.add(query);
        tick();
    }

    /** Answers mostly come in the order of the questions: nothing that was answered is kept until its deadline. */
    void forgetFinished() {
        Query first = open.peek();
        while (first != null && first.isFinished()) {
            open.remove();
            first = open.peek();
        }
    }

    private void tick() {
        Query first = open.peek();
        if (ticking || first == null) {
            return;
        }
        ticking = true;
        long wait = Math.max(0, first.deadline() - System.nanoTime());
        var unused = loop.schedule(this::expire, wait, TimeUnit.NANOSECONDS);
    }

    private void expire() {
        ticking = false;
        long now = System.nanoTime();
        Query first = open.peek();
        while (first != null && (first.isFinished() || first.deadline() - now <= 0)) {
            open.remove();
            first.expire(timeout.toMillis() + " ms");
            first = open.peek();
        }
        tick();
    }

    /** The store closes: nothing stays open. */
    void finishAll(Failure failure) {
        open.forEach(query -> query.finish(failure));
        open.clear();
    }
}
