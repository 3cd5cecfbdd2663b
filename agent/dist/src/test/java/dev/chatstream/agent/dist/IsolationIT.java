package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.chat.Logging;
import com.acme.chat.Plain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.simple.SimpleLogger;

/** What the application sees of the agent, and the agent of the application. */
class IsolationIT {

    /** Ours at the end of a premain after which nothing is guarded; Byte Buddy alone would be hundreds. */
    private static final int MOST_CLASSES = 125;

    @TempDir
    Path temp;

    private Path directory;

    @BeforeEach
    void aDirectoryToRunIn() throws IOException {
        directory = Files.createDirectory(temp.resolve("work"));
    }

    @Test
    void anApplicationWithNothingToGuardLoadsFewClassesAndNoneThatIsBundled() throws IOException {
        List<String> loaded = loadedBy("redis-uri=redis://127.0.0.1:1");

        assertThat(loaded).noneMatch(name -> name.startsWith("dev.chatstream.agent.shaded."));
        assertThat(loaded.stream().filter(name -> name.startsWith("dev.chatstream.")))
                .isNotEmpty()
                .hasSizeLessThan(MOST_CLASSES);
        assertThat(loaded)
                .as("no rule is set, no report, nothing is checked")
                .noneMatch(name -> name.matches(".*[.$](MethodRule|Rule|Adoption|Heritage|Receivers).*"))
                .doesNotContainAnyElementsOf(Stream.of("Findings", "Checker", "GivenPaths", "Weaving$Finding")
                        .map(name -> "dev.chatstream.agent.instrument." + name)
                        .toList())
                .doesNotContainAnyElementsOf(Stream.of("Watches", "WeavingReport", "CheckCommand", "Checkup")
                        .map(name -> "dev.chatstream.agent.dist." + name)
                        .toList());
        assertThat(loaded)
                .as("no java.util.logging, no JMX, no connection in premain")
                .noneMatch(name -> name.startsWith("java.util.logging.LogManager"))
                .noneMatch(name -> name.startsWith("javax.management.") || name.startsWith("java.lang.management."))
                .noneMatch(name -> name.equals("java.net.Socket") || name.startsWith("sun.nio.ch.SocketChannelImpl"));
    }

    private List<String> loadedBy(String settings) throws IOException {
        Path log = temp.resolve("classes");
        new Jvm(directory)
                .with("-Xlog:class+load:file=" + log + ":none")
                .agent(settings)
                .running(Plain.class)
                .end();
        return Files.readAllLines(log).stream().map(line -> line.split(" ")[0]).toList();
    }

    @Test
    void loggingOfTheApplicationAndTheAgentDoNotMix() throws IOException {
        Path own = Files.createDirectory(temp.resolve("own"));
        Files.writeString(
                own.resolve("simplelogger.properties"),
                "org.slf4j.simpleLogger.logFile=System.err\norg.slf4j.simpleLogger.showThreadName=false\n");
        String classPath = String.join(
                File.pathSeparator,
                Jvm.ownClassPath(),
                own.toString(),
                Jvm.place(LoggerFactory.class),
                Jvm.place(SimpleLogger.class));

        Jvm.Ended ended = new Jvm(directory)
                .agent("log-level=debug")
                .with("-Dorg.slf4j.simpleLogger.showShortLogName=true", "-cp", classPath, Logging.class.getName())
                .end();

        assertThat(ended.out())
                .containsExactly(
                        "answered chat-1",
                        "own stderr:",
                        "INFO acme - from the application",
                        "loaders: false false true");
        assertThat(ended.err())
                .as("the agent's lines are on the stderr that the JVM began with")
                .isNotEmpty()
                .allMatch(line -> line.startsWith("[chatstream] "))
                .noneMatch(line -> line.contains("from the application"));
    }
}
