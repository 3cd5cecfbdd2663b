package dev.chatstream.agent.dist;

import java.time.Duration;
import java.util.PriorityQueue;

/** Time that the test moves. */
class HandTicker implements LineQuota.Ticker {

    private record Due(long at, Runnable task) {}

    private final PriorityQueue<Due> due = new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
    private long now = Long.MAX_VALUE - 1_000; // nanoTime may overflow

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long currentTimeMillis() {
        return 1_767_323_045_006L;
    }

    @Override
    public void later(Duration delay, Runnable task) {
        due.add(new Due(now + delay.toNanos() - (Long.MAX_VALUE - 1_000), task));
    }

    void pass(Duration time) {
        now += time.toNanos();
        while (!due.isEmpty() && due.peek().at() <= now - (Long.MAX_VALUE - 1_000)) {
            due.remove().task().run();
        }
    }

    int wakeUps() {
        return due.size();
    }
}
