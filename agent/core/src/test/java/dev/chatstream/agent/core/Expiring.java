package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keys of one kind as Redis keeps them, each with its time to live, under a clock of the test's own. */
final class Expiring<T> {

    private record Timed<T>(T value, long end) {}

    private final LongSupplier nanos;
    private final Map<String, Timed<T>> all = new HashMap<>();

    Expiring(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void put(String key, T value, Duration ttl) {
        all.put(key, new Timed<>(value, nanos.getAsLong() + ttl.toNanos()));
    }

    @Nullable
    T get(String key) {
        Timed<T> timed = all.get(key);
        if (timed != null && timed.end - nanos.getAsLong() <= 0) {
            all.remove(key);
            timed = null;
        }
        return timed == null ? null : timed.value;
    }

    Duration left(String key) {
        Timed<T> timed = all.get(key);
        return timed == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, timed.end - nanos.getAsLong()));
    }

    void remove(String key) {
        all.remove(key);
    }

    void clear() {
        all.clear();
    }
}
