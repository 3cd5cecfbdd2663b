package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeysTest {

    @TempDir
    Path directory;

    @Test
    void anUnknownKeyIsOneLineThatNamesTheNearestAsItsSourceSpellsIt() {
        assertThat(Read.nothing().argument("lock-tll=5s").lines())
                .containsExactly("lock-tll (agent argument) is no setting; the nearest is lock-ttl. It is ignored.");
        assertThat(Read.nothing().property("chatstream.lock-tll", "5s").lines())
                .containsExactly("chatstream.lock-tll (system property) is no setting; the nearest is"
                        + " chatstream.lock-ttl. It is ignored.");
        assertThat(Read.nothing().variable("CHATSTREAM_LOCK_TLL", "5s").lines())
                .containsExactly("CHATSTREAM_LOCK_TLL (environment variable) is no setting; the nearest is"
                        + " CHATSTREAM_LOCK_TTL. It is ignored.");
        Path file = Read.file(directory, Map.of("lock-tll", "5s"));
        assertThat(Read.nothing().file(file).lines())
                .containsExactly("lock-tll (file " + file + ") is no setting; the nearest is lock-ttl. It is ignored.");
    }

    @ParameterizedTest
    @CsvSource({
        "lockTtl, lock-ttl",
        "LOCK_TTL, lock-ttl",
        "chatstream.lock-ttl, lock-ttl",
        "redis-url, redis-uri",
        "redis.uri, redis-uri",
        "redis-pasword, redis-password",
        "hearbeat, heartbeat",
        "haertbeat, heartbeat",
        "onBusy, on-busy",
        "loglevel, log-level",
        "aquire-timeout, acquire-timeout",
        "abort-pol, abort-poll",
        "enable, enabled",
        "method, methods",
    })
    void theNearestKeyIsTheOneThatWasMeant(String unknown, String meant) {
        assertThat(NearestKey.to(unknown)).isEqualTo(meant);
    }

    @Test
    void twoNeighboursSwappedAreOneMistake() {
        assertThat(NearestKey.distance("mdoe", "mode")).isEqualTo(1);
        assertThat(NearestKey.distance("", "mode")).isEqualTo(4);
        assertThat(NearestKey.distance("mode", "mode")).isZero();
    }

    @Test
    void aVeryLongKeyIsCutInItsMessage() {
        assertThat(Read.nothing()
                        .property("chatstream." + "x".repeat(100_000), "1")
                        .lines())
                .singleElement()
                .asString()
                .hasSizeLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHATSTREAM_SERVICE_HOST",
                "CHATSTREAM_SERVICE_PORT",
                "CHATSTREAM_SERVICE_PORT_HTTP",
                "CHATSTREAM_PORT",
                "CHATSTREAM_PORT_6379_TCP",
                "CHATSTREAM_PORT_6379_TCP_ADDR",
                "CHATSTREAM_PORT_6379_TCP_PORT",
                "CHATSTREAM_PORT_6379_TCP_PROTO",
                "CHATSTREAM_REDIS_SERVICE_HOST",
                "CHATSTREAM_REDIS_SERVICE_PORT",
                "CHATSTREAM_REDIS_SERVICE_PORT_REDIS",
                "CHATSTREAM_REDIS_PORT",
                "CHATSTREAM_REDIS_PORT_6379_TCP",
                "CHATSTREAM_REDIS_PORT_6379_TCP_ADDR",
                "CHATSTREAMS",
                "CHATSTREAMER_X"
            })
    void whatKubernetesInjectsIsNoSetting(String variable) {
        assertThat(Read.nothing().variable(variable, "tcp://10.0.0.1:6379").lines())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHATSTREAM_PORTS", "CHATSTREAM_REDIS_HOST", "CHATSTREAM_PORT_TCP"})
    void whatOnlyLooksLikeThatIsNamed(String variable) {
        assertThat(Read.nothing().variable(variable, "x").lines()).hasSize(1);
    }

    @Test
    void aPartWithoutAValueIsNamed() {
        assertThat(Read.nothing().argument("lock-ttl=5s;strict").lines())
                .containsExactly("Part 2 of the agent argument, strict, has no value; write key=value;key=value. It is"
                        + " ignored.");
    }

    @Test
    void theConfigFileCannotNameAnother() {
        Path file = Read.file(directory, "config-file=other.properties");
        assertThat(Read.nothing().file(file).lines())
                .containsExactly(
                        "config-file cannot stand in the config file itself (file " + file + "). It is ignored.");
    }
}
