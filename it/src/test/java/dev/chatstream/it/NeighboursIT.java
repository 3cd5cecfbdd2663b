package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application that has its own Netty, Lettuce, Byte Buddy and slf4j, in other versions than the agent: both work, and
 * neither sees, configures or logs for the other.
 */
class NeighboursIT {

    private static final String OURS =
            "\\[chatstream] \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.]\\d+Z (INFO |WARN |ERROR) .*";

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    @Test
    void anApplicationWithItsOwnLibrariesWorksBesideTheAgentAndLogsInItsOwnFormat() throws IOException {
        Output output = Output.of(onLogback());

        assertWorks(output);
        assertThat(answers(output, "versions").getFirst())
                .contains("lettuce-core-6.1", "netty-transport-4.1", "byte-buddy-1.12", "slf4j-api-1.7");
        List<String> log =
                output.text().lines().filter(line -> !line.startsWith("app: ")).toList();
        assertThat(log)
                .allMatch(line -> line.startsWith("shop|"))
                .contains(
                        "shop|INFO|shop.chat|the shop opens",
                        "shop|DEBUG|shop.chat|in the guarded method",
                        "shop|INFO|shop.chat|the shop closes",
                        "shop|WARN|io.netty.util.internal.SystemPropertyUtil|Unable to parse the integer system property"
                                + " 'io.netty.eventLoopThreads':no-number - using the default value: "
                                + 2 * Runtime.getRuntime().availableProcessors())
                .anyMatch(line -> line.startsWith("shop|DEBUG|io.lettuce.core."))
                .anyMatch(line -> line.startsWith("shop|DEBUG|io.netty."))
                .noneMatch(line -> line.contains("dev.chatstream.agent"));
        assertThat(output.errors()).isNotEmpty().allMatch(line -> line.matches(OURS));
    }

    @Test
    void anApplicationsOwnSlf4jSimpleKeepsItsSettingsForItself() {
        Output output = Output.of(onSlf4jSimple());

        assertWorks(output);
        assertThat(answers(output, "versions").getFirst()).contains("slf4j-api-2.0.7");
        assertThat(answers(output, "services")).containsExactly("[org.slf4j.simple.SimpleServiceProvider]");
        List<String> log = output.errors().stream()
                .filter(line -> !line.startsWith("[chatstream] "))
                .toList();
        assertThat(log)
                .contains("[main] INFO shop.chat - the shop opens", "[main] DEBUG shop.chat - in the guarded method")
                .anyMatch(line -> line.contains(" DEBUG io.lettuce.core."))
                .noneMatch(line -> line.contains("dev.chatstream.agent"));
        assertThat(output.errors())
                .filteredOn(line -> line.startsWith("[chatstream] "))
                .isNotEmpty()
                .allMatch(line -> line.matches(OURS));
    }

    @Test
    void nothingOfTheAgentIsVisibleToTheApplication() throws IOException {
        PodPlan plan = onLogback();
        Output with = Output.of(plan);

        assertThat(answers(with, "looked").getFirst()).matches("\\d{4,} classes");
        assertThat(answers(with, "classes"))
                .as("what is defined into java.base, and nothing else")
                .containsExactly("[java.lang.ChatStreamDispatcher]");
        assertThat(answers(with, "services")).containsExactly("[]");
        assertThat(answers(with, "properties")).isEqualTo(answers(Output.of(plan.withoutAgent()), "properties"));
    }

    @Test
    void threadsOfTheAgentAreNamedAsItsOwn() throws IOException {
        String threads = answers(Output.of(onLogback()), "threads").getFirst();

        assertThat(threads).contains("chatstream-redis-io");
        assertThat(threads.substring(1, threads.length() - 1).split(", "))
                .allMatch(name -> name.startsWith("chatstream-"));
    }

    private static void assertWorks(Output output) {
        assertThat(output.code()).as(output.stderr()).isZero();
        assertThat(answers(output, "answer"))
                .containsExactly("its own Lettuce reads its stream's id, made by Byte Buddy");
        assertThat(answers(output, "after")).containsExactly("lock null");
        assertThat(answers(output, "made")).containsExactly("made by Byte Buddy");
        assertThat(output.stderr()).contains("guards this JVM", "connected to");
    }

    private static List<String> answers(Output output, String what) {
        String beginning = "app: " + what + " ";
        return output.text()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .toList();
    }

    private PodPlan onLogback() throws IOException {
        Path logback = Files.writeString(directory.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>shop|%level|%logger|%replace(%msg){'[\\r\\n]+', ' '}%nopex%n</pattern></encoder>
                  </appender>
                  <root level="debug"><appender-ref ref="out"/></root>
                </configuration>
                """);
        return beside("logback").flags("-Dlogback.configurationFile=" + logback);
    }

    private static PodPlan onSlf4jSimple() {
        return beside("simple")
                .flags(
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=debug",
                        "-Dorg.slf4j.simpleLogger.log.io.lettuce=debug");
    }

    /** With properties that the application's libraries obey, and that the agent's would be seen to obey. */
    private static PodPlan beside(String logging) {
        List<Path> jars = new ArrayList<>(jarsIn("libraries"));
        jars.addAll(jarsIn(logging));
        return stage.plan()
                .classPath(jars)
                .mainClass("dev.chatstream.it.neighbours.OwnLibraries")
                .arguments(stage.redis().uri(), AgentJar.path().toString())
                .flags(
                        "-Dio.netty.eventLoopThreads=no-number",
                        "-Dio.netty.leakDetection.level=paranoid",
                        "-Dio.netty.noUnsafe=true",
                        "-Dorg.slf4j.simpleLogger.showDateTime=false");
    }

    private static List<Path> jarsIn(String folder) {
        Path path = AgentJar.placeOf(NeighboursIT.class)
                .resolveSibling("neighbours")
                .resolve(folder);
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().toList();
        } catch (IOException absent) {
            throw new IllegalStateException(path + " is made by ./mvnw verify, in pre-integration-test", absent);
        }
    }
}
