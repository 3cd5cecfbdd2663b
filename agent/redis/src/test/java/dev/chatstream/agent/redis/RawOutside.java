package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.Outside;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Redis as everybody else sees it; on a Cluster, each key at the node that serves it. */
final class RawOutside implements Outside {

    /** Lets time pass: every key lives so many milliseconds less. */
    private static final String PASS = """
            for _, key in ipairs(redis.call('KEYS', '*')) do
              local left = redis.call('PTTL', key)
              if left > 0 then
                if left > tonumber(ARGV[1]) then redis.call('PEXPIRE', key, left - ARGV[1]) else redis.call('DEL', key) end
              end
            end""";

    private final Keys keys = new Keys("");
    private final List<Resp> nodes;
    private final Function<byte[], Resp> nodeOf;

    RawOutside(Resp node) {
        this(List.of(node), key -> node);
    }

    RawOutside(List<Resp> nodes, Function<byte[], Resp> nodeOf) {
        this.nodes = nodes;
        this.nodeOf = nodeOf;
    }

    private Object call(String command, byte[] key, Object... rest) {
        Object[] words = new Object[2 + rest.length];
        words[0] = command;
        words[1] = key;
        System.arraycopy(rest, 0, words, 2, rest.length);
        return nodeOf.apply(key).call(words);
    }

    private Duration left(byte[] key) {
        return Duration.ofMillis(Math.max(0, (Long) call("PTTL", key)));
    }

    @Override
    public Optional<String> lock(String chatId) {
        return Optional.ofNullable((String) call("GET", keys.lock(chatId)));
    }

    @Override
    public Duration lockLeft(String chatId) {
        return left(keys.lock(chatId));
    }

    @Override
    public Duration recordLeft(String chatId) {
        return left(keys.record(chatId));
    }

    @Override
    public boolean takeAsPlainPod(String chatId, String streamId, Duration ttl) {
        return call("SET", keys.lock(chatId), streamId, "NX", "PX", ttl.toMillis()) != null;
    }

    @Override
    public void deleteLock(String chatId) {
        call("DEL", keys.lock(chatId));
    }

    @Override
    public void deleteRecord(String chatId) {
        call("DEL", keys.record(chatId));
    }

    @Override
    public boolean marked(String streamId) {
        return "1".equals(call("GET", keys.marker(streamId)));
    }

    @Override
    public Duration markerLeft(String streamId) {
        return left(keys.marker(streamId));
    }

    @Override
    public void mark(String streamId) {
        call("SET", keys.marker(streamId), "1", "EX", 3600);
    }

    void pass(Duration time) {
        nodes.forEach(node -> node.call("EVAL", PASS, 0, time.toMillis()));
    }

    void wipe() {
        nodes.forEach(node -> node.call("FLUSHALL"));
    }
}
