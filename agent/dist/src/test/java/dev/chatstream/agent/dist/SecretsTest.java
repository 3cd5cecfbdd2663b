package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String ONE_WARNING = "A password stands in the agent argument, which the JVM itself may print;"
            + " give it by the environment variable CHATSTREAM_REDIS_PASSWORD or by redis-password-file.";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis-uri=redis:/user:hunter2@host",
                "redis-uri=redis://user:hunter2@host:x",
                "redis-uri=redis://user:hunt/hunter2@host:x",
                "redis-uri=redis://user:1?hunter2@host:x",
                "redis-uri=redis://user:1#hunter2@host:x",
                "redis-uri=user:hunter2@host",
                "redis-uri=redis://:hunter2",
                "redis-uri=redis://user:hunter2",
                "redis-uri=redis://host:x?password=hunter2",
                "redis-uri=redis://a:hunter2@host,redis://b:hunter2@host:x",
                "redis-password=a;hunter2",
                "redis-password=a;hunter2=b",
                "redis-password=a;b=hunter2",
                "redis-uri=redis://a:b;hunter2@host",
                "redis-pasword=hunter2",
                "redis-password=hunter2",
                "redis-uri=redis://user:hunter2@host",
            })
    void noMessageHoldsASecret(String argument) {
        assertThat(Read.nothing().argument(argument).lines()).isNotEmpty().noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void aWrongUriIsShownWithoutItsPassword() {
        assertThat(Read.nothing()
                        .variable("CHATSTREAM_REDIS_URI", "redis://user:hunter2@redis.shop:port")
                        .lines())
                .singleElement()
                .asString()
                .startsWith("redis-uri=redis://***@redis.shop:port (environment variable CHATSTREAM_REDIS_URI) is not");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis-password=x",
                "redis-uri=redis://user:x@host",
                "redis-uri=redis://:x@host;redis-password=x",
                "redis-uri=redis://a,redis://x@b"
            })
    void aPasswordInTheAgentArgumentGetsOneWarning(String argument) {
        assertThat(Read.nothing().argument(argument).lines()).containsExactly(ONE_WARNING);
        assertThat(Read.nothing().argument(argument).read().remarks().mistakes())
                .as("it is right, only unwise: strict does not stop it")
                .isZero();
    }

    @Test
    void elsewhereAPasswordIsNothingToWarnOf() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "x");
        assertThat(Read.nothing().variable("CHATSTREAM_REDIS_PASSWORD", "x").lines())
                .isEmpty();
        assertThat(Read.nothing()
                        .property("chatstream.redis-uri", "redis://u:x@h")
                        .lines())
                .isEmpty();
        assertThat(Read.nothing()
                        .argument("redis-uri=redis://h;redis-password-file=" + file)
                        .lines())
                .isEmpty();
    }

    @Test
    void aPasswordKeepsItsSpaces() {
        Values values = Read.nothing()
                .variable("CHATSTREAM_REDIS_PASSWORD", " x ")
                .settings()
                .values();
        assertThat(values.given(SettingsTable.REDIS_PASSWORD)).contains(" x ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis-password-file", "redis-ca-file"})
    void aFileThatCannotBeReadNowIsOneLine(String key) {
        Path missing = directory.resolve("missing");
        assertThat(Read.nothing().argument(key + "=" + missing).lines())
                .containsExactly(key + "=" + missing
                        + " (agent argument) is no file that can be read. It is tried again" + " at every connect.");
    }

    @Test
    void aCertificateNeedsItsKey() throws IOException {
        Path file = Files.writeString(directory.resolve("client.pem"), "x");
        Read.From from = Read.nothing().argument("redis-cert-file=" + file);
        assertThat(from.lines())
                .containsExactly("redis-cert-file=" + file + " (agent argument) needs redis-key-file beside it. It is"
                        + " ignored.");
        assertThat(from.settings().values().given(SettingsTable.REDIS_CERT_FILE))
                .isEmpty();
        assertThat(Read.nothing().argument("redis-key-file=" + file).lines()).hasSize(1);
        assertThat(Read.nothing()
                        .argument("redis-key-file=" + file + ";redis-cert-file=" + file)
                        .lines())
                .isEmpty();
    }
}
