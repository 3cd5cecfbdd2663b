package dev.chatstream.agent.redis;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: doubled from 50 ms to 2 s, half of it at random, so that many pods do not come
 * back in step.
 */
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(50);
    static final Duration LONGEST = Duration.ofSeconds(2);

    private long millis = FIRST.toMillis();

    Duration next() {
        long now = millis;
        millis = Math.min(2 * millis, LONGEST.toMillis());
        return Duration.ofMillis(now / 2 + ThreadLocalRandom.current().nextLong(now / 2 + 1));
    }
}
