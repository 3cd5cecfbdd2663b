package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    @TempDir
    Path directory;

    @Test
    void theArgumentPropertyOrVariableNamesTheFile() {
        Path file = Read.file(directory, "# a comment\nlock-ttl = 30s\n");

        assertThat(Read.nothing()
                        .argument("config-file=" + file)
                        .settings()
                        .guard()
                        .lockTtl())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(Read.nothing()
                        .property("chatstream.config-file", file.toString())
                        .settings()
                        .guard()
                        .lockTtl())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(Read.nothing()
                        .variable("CHATSTREAM_CONFIG_FILE", file.toString())
                        .settings()
                        .guard()
                        .lockTtl())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aFileThatIsNotThereIsOneLine() {
        Path missing = directory.resolve("missing.properties");

        assertUnreadable(missing, "NoSuchFileException");
    }

    @Test
    void aDirectoryIsOneLine() {
        assertUnreadable(directory, "no regular file");
    }

    @Test
    void aDeviceThatNeverEndsIsNotRead() {
        Path zero = Path.of("/dev/zero");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(zero));

        assertUnreadable(zero, "no regular file");
    }

    @Test
    void aFileWithoutEndIsNotRead() throws IOException {
        Path large = directory.resolve("large.properties");
        Files.write(large, new byte[(1 << 20) + 1]);

        assertUnreadable(large, "larger than 1 MiB");
    }

    @Test
    void aFileThatIsNoPropertiesFileIsOneLine() {
        assertUnreadable(Read.file(directory, "a=\\u12"), "encoding");
    }

    private static void assertUnreadable(Path file, String why) {
        assertThat(Read.nothing().file(file).lines())
                .singleElement()
                .asString()
                .startsWith("The config file " + file + " (system property chatstream.config-file) cannot be read")
                .contains(why)
                .endsWith("Nothing is taken from it.");
    }
}
