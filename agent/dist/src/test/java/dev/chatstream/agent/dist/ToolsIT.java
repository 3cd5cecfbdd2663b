package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.chat.Plain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flag stands in {@code JAVA_TOOL_OPTIONS}, so every JVM of the container has it. */
class ToolsIT {

    private static final String WRONG = "lock-ttl=wrong;strict=true";

    @TempDir
    Path directory;

    /** What the JVM itself says of the variable. */
    private static List<String> own(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keytool -version",
                "javac -version",
                "jar --version",
                "jcmd -l",
                "jdeps --version",
                "jlink --version"
            })
    void aToolOfTheJdkIsLeftAloneAndNothingIsSaid(String command) {
        String[] words = command.split(" ");
        assumeTrue(Files.exists(Path.of(System.getProperty("java.home"), "bin", words[0])));

        Jvm.Ended ended =
                new Jvm(directory).tool(words[0], WRONG).with(words[1]).end();

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isNotEmpty();
        assertThat(own(ended.err())).isEmpty();
    }

    @Test
    void whatIsTypedInTheShellRunsWithoutTheAgentToo() throws IOException {
        Path script = Files.writeString(directory.resolve("typed.jsh"), "System.out.println(6 * 7);\n/exit\n");
        Jvm.Ended ended = new Jvm(directory)
                .tool("jshell", WRONG)
                .with("-s", script.toString())
                .end();
        assertThat(ended.out()).contains("42");
        assertThat(ended.err()).noneMatch(line -> line.contains("chatstream]"));
    }

    @Test
    void anApplicationThatIsStartedBesideThemIsNot() {
        Jvm.Ended ended = new Jvm(directory)
                .tool("java", "lock-ttl=wrong")
                .running(Plain.class)
                .end();
        assertThat(own(ended.err())).singleElement().asString().contains("lock-ttl=wrong");
    }

    @Test
    void neitherIsASourceFileThatIsRun() throws IOException {
        Path source = Files.writeString(directory.resolve("Typed.java"), """
                class Typed {
                    public static void main(String[] arguments) {
                        System.out.println("it ran");
                    }
                }
                """);
        Jvm.Ended ended = new Jvm(directory)
                .tool("java", "lock-ttl=wrong")
                .with(source.toString())
                .end();
        assertThat(ended.out()).containsExactly("it ran");
        assertThat(own(ended.err())).singleElement().asString().contains("lock-ttl=wrong");
    }
}
