package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A pod that keeps no records, as the original Node.js service: SET NX, EXPIRE and DEL by value. */
final class PlainPod {

    /** How what stands for the nonce of a plain pod begins. */
    static final String NONCE = "plain ";

    private record Stream(String id, long deadline) {}

    private final World world;
    private final WatchedServer server;
    private final Duration ttl;
    private final Map<String, Stream> streams = new HashMap<>();

    PlainPod(World world, WatchedServer server, Duration ttl) {
        this.world = world;
        this.server = server;
        this.ttl = ttl;
    }

    static String nonce(String chatId, String streamId) {
        return NONCE + streamId + " in " + chatId;
    }

    boolean take(String chatId, String id) {
        if (streams.containsKey(chatId) || !server.takeAsPlainPod(chatId, id, ttl)) {
            return false;
        }
        streams.put(chatId, new Stream(id, world.now() + ttl.toNanos()));
        return true;
    }

    void extend(String chatId) {
        Stream stream = streams.get(chatId);
        if (stream != null && server.extendAsPlainPod(chatId, stream.id, ttl)) {
            streams.put(chatId, new Stream(stream.id, world.now() + ttl.toNanos()));
        } else {
            streams.remove(chatId); // it has lost it
        }
    }

    void end(String chatId) {
        Stream stream = streams.remove(chatId);
        if (stream != null) {
            server.deleteAsPlainPod(chatId, stream.id);
        }
    }

    /** Its streams by chat, as far as they may believe in their locks and nobody took them away. */
    Map<String, String> entitled(long now) {
        Map<String, String> entitled = new HashMap<>();
        streams.forEach((chatId, stream) -> {
            if (stream.deadline - now > 0 && server.excusedSince(nonce(chatId, stream.id)) == null) {
                entitled.put(chatId, "the plain pod's " + stream.id);
            }
        });
        return entitled;
    }
}
