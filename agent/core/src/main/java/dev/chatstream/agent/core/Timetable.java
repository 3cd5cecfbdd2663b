package dev.chatstream.agent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * What is to happen at a certain time: a waiting call's deadline, the end of a grace. Whoever drives it calls {@link
 * #runDue}; the tasks are short and never the application's.
 *
 * <p>Bounded by its users: at most two entries a call that waits, one an aborted stream, one a lane that is missing, one
 * a returned publisher that nobody has subscribed to.
 */
final class Timetable {

    /** Times are kept relative to the start, so that nanoTime's overflow cannot reorder them. */
    private record Slot(long sinceStart, long number) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            int byTime = Long.compare(sinceStart, other.sinceStart);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** An entry that can be taken back; taking it back after it ran, or twice, does nothing. */
    interface Timer {
        void cancel();
    }

    static final Timer NOTHING = () -> {};

    private final LongSupplier clock;
    private final LongConsumer wake;
    private final long start;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentSkipListMap<Slot, Runnable> slots = new ConcurrentSkipListMap<>();

    /** @param wake called when a new entry is due before all others: the driver may sleep for too long otherwise */
    Timetable(LongSupplier clock, LongConsumer wake) {
        this.clock = clock;
        this.wake = wake;
        this.start = clock.getAsLong();
    }

    Timer after(long nanos, Runnable task) {
        Slot slot = new Slot(clock.getAsLong() - start + Math.max(0, nanos), numbers.getAndIncrement());
        slots.put(slot, task);
        var first = slots.firstEntry();
        if (first != null && first.getKey().equals(slot)) {
            wake.accept(Math.max(0, nanos));
        }
        return () -> slots.remove(slot);
    }

    /** Nanoseconds until the next entry is due; {@link Long#MAX_VALUE} where there is none. */
    long untilNext() {
        var first = slots.firstEntry();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.getKey().sinceStart() - (clock.getAsLong() - start));
    }

    /** Runs what is due now, each entry once, whoever else runs it at the same time: removal decides. */
    void runDue() {
        long now = clock.getAsLong() - start;
        List<Slot> due =
                new ArrayList<>(slots.headMap(new Slot(now, Long.MAX_VALUE)).keySet());
        for (Slot slot : due) {
            Runnable task = slots.remove(slot);
            if (task != null) {
                task.run();
            }
        }
    }
}
