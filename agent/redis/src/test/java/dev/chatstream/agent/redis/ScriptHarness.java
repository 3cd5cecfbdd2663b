package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.provider.Arguments;

/** Runs the scripts raw, on each server that is at hand, and lets tests lay out what they find. */
abstract class ScriptHarness {

    static final String LOCK = "lock{x}";
    static final String RECORD = "record{x}";
    static final long TTL = 60_000;
    static final long KEEP = 3_600_000;

    private static final List<RedisServer> SERVERS = new ArrayList<>();

    @Parameter
    Binary binary;

    Resp redis;

    /** The servers that run here; at least the one that comes with the build. */
    static Stream<Arguments> servers() {
        return Arrays.stream(Binary.values()).filter(b -> b.file().isPresent()).map(Arguments::of);
    }

    @BeforeEach
    void cleanServer() {
        redis = server(binary).client();
        redis.call("CONFIG", "SET", "maxmemory", "0");
        redis.call("FLUSHALL");
    }

    private static synchronized RedisServer server(Binary binary) {
        return SERVERS.stream().filter(s -> s.binary() == binary).findFirst().orElseGet(() -> {
            RedisServer started = RedisServer.start(binary);
            SERVERS.add(started);
            return started;
        });
    }

    @AfterAll
    static void stopServers() {
        SERVERS.forEach(RedisServer::close);
        SERVERS.clear();
    }

    /** A client whose user may do all that the scripts need, but for these. */
    Resp without(String... denied) {
        List<Object> words =
                new ArrayList<>(List.of("ACL", "SETUSER", "bob", "reset", "on", ">pw", "allkeys", "+@all"));
        for (String command : denied) {
            words.add("-" + command);
        }
        redis.call(words.toArray());
        Resp client = server(binary).client();
        client.call("AUTH", "bob", "pw");
        return client;
    }

    /** Until the test's end no command that needs memory passes. */
    void fillMemory() {
        redis.call("CONFIG", "SET", "maxmemory", "1");
    }

    Object acquire(String id, String nonce, String... overrule) {
        return acquire(redis, id, nonce, overrule);
    }

    static Object acquire(Resp client, String id, String nonce, String... overrule) {
        List<Object> words = new ArrayList<>(List.of(id, nonce, TTL, KEEP));
        words.addAll(List.of(overrule));
        return run(client, Script.ACQUIRE, List.of(LOCK, RECORD), words.toArray());
    }

    Object renew(String id, String nonce, String fence, int again) {
        return renew(redis, id, nonce, fence, again);
    }

    static Object renew(Resp client, String id, String nonce, String fence, int again) {
        Object answer = run(client, Script.RENEW, List.of(LOCK, RECORD), TTL, KEEP, id, nonce, fence, again);
        return answer instanceof List<?> list ? list.get(0) : answer;
    }

    static Object release(Resp client, String id, String nonce) {
        return run(client, Script.RELEASE, List.of(LOCK, RECORD), id, nonce, KEEP);
    }

    Object release(String id, String nonce) {
        return release(redis, id, nonce);
    }

    Object ask(String id, String nonce) {
        return run(redis, Script.ASK, List.of(LOCK, RECORD), id, nonce, KEEP);
    }

    static Object run(Resp client, Script script, List<String> keys, Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("EVAL", script.text(), keys.size()));
        words.addAll(keys);
        words.addAll(List.of(arguments));
        return client.ask(words.toArray());
    }

    /** The fence of an acquisition that was won. */
    String won(Object answer) {
        assertThat(answer).asInstanceOf(InstanceOfAssertFactories.LIST).first().isEqualTo("won");
        return (String) ((List<?>) answer).get(1);
    }

    void lay(String lockValue, long lockTtl, String record, long recordTtl) {
        if (lockValue != null) {
            redis.call("SET", LOCK, lockValue, "PX", lockTtl);
        }
        if (record != null) {
            redis.call("SET", RECORD, record, "PX", recordTtl);
        }
    }

    String lock() {
        return (String) redis.call("GET", LOCK);
    }

    String record() {
        return (String) redis.call("GET", RECORD);
    }

    void assertTtls(long lock, long record) {
        assertThat((Long) redis.call("PTTL", LOCK)).isBetween(lock - 10_000, lock);
        assertThat((Long) redis.call("PTTL", RECORD)).isBetween(record - 10_000, record);
    }
}
