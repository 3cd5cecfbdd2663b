package dev.chatstream.agent.dist;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** For every setting texts that are wrong in kind and out of range, and those that are just within it. */
final class WrongValues {

    record Wrong(String key, String value) {}

    private WrongValues() {}

    static Stream<Wrong> of() {
        return Stream.of(
                        of("enabled", "yes", "1", "on"),
                        of(
                                "redis-uri",
                                "localhost",
                                "http://localhost",
                                "redis://",
                                "redis://host:0",
                                "redis:///0",
                                "redis-sentinel://host",
                                "redis://a,http://b"),
                        of("redis-command-timeout", "2", "49ms", "20001ms", "-1s", "2 s", "forever"),
                        of("lock-ttl", "60", "999ms", "86401s", "25h", "PT", "-PT60S", "1m30s", "9999999999999999999d"),
                        of("heartbeat", "20", "49ms", "31s", "0"),
                        of("abort-poll", "1", "49ms", "20001ms", "0"),
                        of("acquire-timeout", "5", "601s", "11m", "PT-5S", "5S"),
                        of("max-waiters", "-1", "10001", "8.0", "many", "0x8", "99999999999"),
                        of("abort-grace", "10", "601s", "1d"),
                        of("max-hold", "1", "999ms", "8d", "never"),
                        of("subscribe-timeout", "30", "99ms", "61m", "0"),
                        of("on-busy", "queue", "default", "waits"),
                        of("on-lost", "ignore", "true"),
                        of("on-stop", "cancel"),
                        of("on-redis-down", "fail", "pass"),
                        of("on-missing-chat-id", "degrade", "true"),
                        of("key-namespace", "a{b}", "a b", "ü", "x".repeat(65), "a/b"),
                        of("mode", "on", "true"),
                        of("stats-interval", "5", "999ms", "25h"),
                        of("log-level", "trace", "warning", "2"),
                        of("strict", "yes"))
                .flatMap(wrong -> wrong);
    }

    static Stream<Arguments> atTheEndsOfTheirRanges() {
        return Stream.of(
                        of("redis-command-timeout", "50ms", "20s"),
                        of("lock-ttl", "1s", "24h", "1d", "PT60S", "1000ms"),
                        of("heartbeat", "50ms", "30s"),
                        of("abort-poll", "50ms", "20s"),
                        of("acquire-timeout", "0", "0s", "10m", "PT10M"),
                        of("max-waiters", "0", "10000"),
                        of("abort-grace", "0", "10m"),
                        of("max-hold", "0", "1s", "7d"),
                        of("subscribe-timeout", "100ms", "1h"),
                        of("key-namespace", "a", "shop:", "A.b_c-9:", "x".repeat(64)),
                        of("stats-interval", "0", "1s", "24h"))
                .flatMap(right -> right)
                .map(right -> Arguments.of(right.key(), right.value()));
    }

    private static Stream<Wrong> of(String key, String... values) {
        return Stream.of(values).map(value -> new Wrong(key, value));
    }
}
