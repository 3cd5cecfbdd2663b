package dev.chatstream.it.chaos;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** What System.nanoTime was at a time of the wall clock, which Redis writes: compared again and again, for it may be slewed. */
final class Clock {

    private static final long PRECISE = 200_000;
    private static final int TRIES = 20;

    /** From microseconds since 1970 to what nanoTime is ahead of them, in nanoseconds. */
    private final TreeMap<Long, Long> offsets = new TreeMap<>();

    /** The best of some tries: another process may run in the middle of one. */
    synchronized void compare() {
        long best = Long.MAX_VALUE;
        long wall = 0;
        long nano = 0;
        for (int i = 0; i < TRIES && best > PRECISE; i++) {
            long before = System.nanoTime();
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            long took = System.nanoTime() - before;
            if (took < best) {
                best = took;
                wall = now;
                nano = before + took / 2;
            }
        }
        set(wall, nano);
    }

    synchronized void set(long wallMicros, long nano) {
        offsets.put(wallMicros, nano - wallMicros * 1000);
    }

    /** @param wall milliseconds since 1970 */
    synchronized long nanos(long wall) {
        if (wall == Ledger.NEVER) {
            return Story.NEVER;
        }
        long micros = wall * 1000;
        Map.Entry<Long, Long> near = offsets.floorEntry(micros);
        near = near == null ? offsets.firstEntry() : near;
        return micros * 1000 + near.getValue();
    }
}
