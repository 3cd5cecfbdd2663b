package dev.chatstream.demo.tour;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The chats of one tour. In a Redis that outlives it, none of an earlier tour's is met again, and nothing of them stays. */
final class Chats implements AutoCloseable {
    private final URI redis;
    private final String suffix;
    private final List<String> names = new ArrayList<>();

    /** Chats in a Redis that outlives the tour. */
    Chats(URI redis) {
        this(redis, "-" + Long.toString(ProcessHandle.current().pid(), 36) + Long.toString(System.nanoTime(), 36));
    }

    private Chats(URI redis, String suffix) {
        this.redis = redis;
        this.suffix = suffix;
    }

    /** Chats in a Redis that goes with the tour. */
    static Chats inOwn(URI redis) {
        return new Chats(redis, "");
    }

    synchronized String named(String name) {
        String chat = name + suffix;
        names.add(chat);
        return chat;
    }

    @Override
    public synchronized void close() throws IOException {
        if (suffix.isEmpty() || names.isEmpty()) {
            return;
        }
        try (RedisClient client = RedisClient.connect(redis)) {
            for (String chat : names) {
                client.call("DEL", LockKey.of(chat));
                client.call("DEL", "chatstream:holder:{" + LockKey.of(chat) + "}");
            }
        }
    }

    @Override
    public String toString() {
        return "the keys of the tour's chats";
    }
}
