package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutArgumentsVersionUsageAndEverySettingAreOnStdout() {
        assertThat(run()).isZero();

        assertThat(text(out)).startsWith("ChatStream 1.2.3").contains("Usage:", "-javaagent:chatstream-agent.jar");
        SettingsTable.ALL.forEach(setting -> assertThat(text(out))
                .containsPattern("(?m)^  \\Q" + setting.key() + "\\E +\\Q" + setting.standardSaid() + "\\E  \\("));
        assertThat(text(err)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpIsTheSame(String argument) {
        run();
        String usage = text(out);
        out.reset();

        assertThat(run(argument)).isZero();
        assertThat(text(out)).isEqualTo(usage);
    }

    @Test
    void everyLineFitsATerminalAndIsPlainAscii() {
        run();

        assertThat(text(out).lines()).allMatch(line -> line.length() <= 100);
        assertThat(text(out)).containsPattern("\\A\\p{ASCII}+\\z");
    }

    @Test
    void theVersionAloneIsOneLine() {
        assertThat(run("--version")).isZero();

        assertThat(text(out).lines()).containsExactly("1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "--settings", "app.jar", "a\nb"})
    void anUnknownArgumentGetsUsageOnStderrAndExitCodeTwo(String argument) {
        assertThat(run(argument)).isEqualTo(2);

        assertThat(text(out)).isEmpty();
        assertThat(text(err))
                .startsWith("Unknown argument: " + argument.replace("\n", "\\u000a"))
                .contains("Usage:");
    }

    @Test
    void oneArgumentTooManyIsNamed() {
        assertThat(run("--version", "now")).isEqualTo(2);

        assertThat(text(err)).startsWith("Unknown argument: now");
    }

    private int run(String... arguments) {
        return new CommandLine(print(out), print(err), "1.2.3").run(arguments);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
