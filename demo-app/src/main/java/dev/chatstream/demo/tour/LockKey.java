package dev.chatstream.demo.tour;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The key that holds a chat, as every client of Redis sees it. A client that is left without its server connects again. */
final class LockKey {
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(20).toNanos();

    private final URI redis;
    private final String key;

    LockKey(URI redis, String chat) {
        this.redis = redis;
        key = of(chat);
    }

    static String of(String chat) {
        return "copilot:chat-stream-lock:" + chat;
    }

    /** As the old service took it; false where somebody holds the chat. */
    boolean take(String streamId, Duration ttl) throws IOException {
        return call("SET", key, streamId, "NX", "PX", "" + ttl.toMillis()) != null;
    }

    void delete() throws IOException {
        call("DEL", key);
    }

    /** The stream that holds the chat, or null. */
    @Nullable
    String holder() throws IOException {
        return (String) call("GET", key);
    }

    Duration ttl() throws IOException {
        return Duration.ofMillis(Long.parseLong(String.valueOf(call("PTTL", key))));
    }

    /** For the screen. */
    String describe() throws IOException {
        String holder = holder();
        return holder == null ? key + " is not there" : key + " = " + holder + ", PTTL " + ttl().toMillis();
    }

    /** Waits until that stream does not hold the chat any more and returns the {@link System#nanoTime} of the look that saw it. */
    long awaitEnd(String streamId, Duration atMost) {
        return await("to let " + streamId + " go", holder -> !streamId.equals(holder), atMost);
    }

    long awaitHolder(String streamId, Duration atMost) {
        return await("to hold " + streamId, streamId::equals, atMost);
    }

    private long await(String what, Predicate<@Nullable String> fits, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try (RedisClient client = RedisClient.connect(redis)) {
            while (System.nanoTime() < deadline) {
                if (fits.test(client.get(key))) {
                    return System.nanoTime();
                }
                LockSupport.parkNanos(LOOK_EVERY_NANOS);
            }
        } catch (IOException e) {
            throw new TourException("Redis went away while the tour watched " + key, e);
        }
        throw new TourException("waited " + atMost.toMillis() + " ms for " + key + " " + what);
    }

    private @Nullable Object call(String... command) throws IOException {
        try (RedisClient client = RedisClient.connect(redis)) {
            return client.call(command);
        }
    }
}
