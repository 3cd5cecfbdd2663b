package dev.chatstream.agent.redis;

import io.netty.channel.EventLoop;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Timeouts of the driver's own (the greeting) on the loop, in place of a thread that ticks ten times a second. */
record LoopTimer(EventLoop loop) implements Timer {

    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
        Running running = new Running(this, task);
        running.schedule(loop.schedule(running, delay, unit));
        return running;
    }

    @Override
    public Set<Timeout> stop() {
        return Set.of();
    }

    private static final class Running implements Timeout, Runnable {
        private enum State {
            WAITING,
            EXPIRED,
            CANCELLED
        }

        private final LoopTimer timer;
        private final TimerTask task;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private final AtomicReference<ScheduledFuture<?>> schedule = new AtomicReference<>();

        Running(LoopTimer timer, TimerTask task) {
            this.timer = timer;
            this.task = task;
        }

        void schedule(ScheduledFuture<?> scheduled) {
            schedule.set(scheduled);
        }

        @Override
        public void run() {
            if (state.compareAndSet(State.WAITING, State.EXPIRED)) {
                try {
                    task.run(this);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public Timer timer() {
            return timer;
        }

        @Override
        public TimerTask task() {
            return task;
        }

        @Override
        public boolean isExpired() {
            return state.get() == State.EXPIRED;
        }

        @Override
        public boolean isCancelled() {
            return state.get() == State.CANCELLED;
        }

        @Override
        public boolean cancel() {
            ScheduledFuture<?> scheduled = schedule.get();
            if (scheduled != null) {
                scheduled.cancel(false);
            }
            return state.compareAndSet(State.WAITING, State.CANCELLED);
        }
    }
}
