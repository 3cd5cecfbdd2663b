package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.chat.Plain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar on the flag of an application in which nothing is guarded. */
class LauncherIT {

    private static final List<String> AS_EVER = List.of("the application ran");

    @TempDir
    Path temp;

    private Path directory;

    @BeforeEach
    void aDirectoryToRunIn() throws IOException {
        directory = Files.createDirectory(temp.resolve("work"));
    }

    @Test
    void anApplicationWithNothingToGuardRunsAsEverAndNothingIsSaid() {
        Jvm.Ended ended = new Jvm(directory).agent("").running(Plain.class).end();

        assertThat(ended).isEqualTo(new Jvm.Ended(0, AS_EVER, List.of()));
    }

    @Test
    void theFlagGivenTwiceIsOneLine() {
        Jvm.Ended ended = new Jvm(directory)
                .agent("")
                .agent("lock-ttl=wrong")
                .running(Plain.class)
                .end();

        assertThat(ended.out()).isEqualTo(AS_EVER);
        assertThat(ended.err()).containsExactly("[chatstream] -javaagent is given twice: the second one does nothing.");
    }

    @Test
    void anOldJvmSaysThatItIsTooOldAndRunsTheApplication() throws IOException {
        Path old = olderJava();
        Path application = compiledForJava8();

        Jvm.Ended ended = new Jvm(directory)
                .of(old)
                .agent("")
                .with("-cp", application.toString(), "Old")
                .end();

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo(AS_EVER);
        assertThat(ended.err())
                .singleElement()
                .asString()
                .matches(
                        "\\[chatstream] Java 21 or later is needed, and this is Java [^ ]+\\. The application runs without"
                                + " ChatStream\\.");
    }

    @Test
    void anOldJvmCannotPrintUsageAndSaysWhy() {
        Jvm.Ended ended = new Jvm(directory)
                .of(olderJava())
                .with("-jar", Jvm.agent().toString())
                .end();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).singleElement().asString().startsWith("[chatstream] Java 21 or later is needed");
    }

    @Test
    void usageVersionAndSettingsArePrintedOnStdout() {
        Jvm.Ended ended =
                new Jvm(directory).with("-jar", Jvm.agent().toString()).end();

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .first()
                .asString()
                .startsWith("ChatStream " + System.getProperty("agent.version") + ":");
        assertThat(ended.out()).anyMatch(line -> line.startsWith("  lock-ttl "));
    }

    @Test
    void anUnknownArgumentExitsWithTwo() {
        Jvm.Ended ended = new Jvm(directory)
                .with("-jar", Jvm.agent().toString(), "--hepl")
                .end();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).first().asString().isEqualTo("Unknown argument: --hepl");
    }

    @Test
    void theJarMayLieInAnyDirectory() throws IOException {
        Path elsewhere = Files.createDirectories(temp.resolve("a b/ä+c%20d#e!"));
        Path copy = Files.copy(Jvm.agent(), elsewhere.resolve("agent.jar"));

        Jvm.Ended ended = new Jvm(directory)
                .with("-javaagent:" + copy + "=lock-ttl=wrong")
                .running(Plain.class)
                .end();

        assertThat(ended.out()).isEqualTo(AS_EVER);
        assertThat(ended.err()).singleElement().asString().contains("lock-ttl=wrong (agent argument) is not allowed");
    }

    @Test
    void strictStopsTheJvmBeforeTheApplicationWithOneLineForEachMistake() {
        Jvm.Ended ended = new Jvm(directory)
                .agent("strict=true;lock-ttl=wrong;no-such-key=1;redis-password=x")
                .running(Plain.class)
                .end();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).hasSize(4).allMatch(line -> line.startsWith("[chatstream] "));
        assertThat(ended.err()).last().asString().endsWith("mistakes in the settings: 2.");
    }

    @Test
    void strictWithoutMistakesRuns() {
        Jvm.Ended ended =
                new Jvm(directory).agent("strict=true").running(Plain.class).end();

        assertThat(ended).isEqualTo(new Jvm.Ended(0, AS_EVER, List.of()));
    }

    @Test
    void moreMistakesThanTenASecondAreAllSaid() {
        String settings = "a=1;b=1;c=1;d=1;e=1;f=1;g=1;h=1;i=1;j=1;k=1;l=1";
        Jvm.Ended ended =
                new Jvm(directory).agent(settings).running(Plain.class).end();

        assertThat(ended.err()).hasSize(12);
    }

    @Test
    void disabledMeansOneLineAndNothingElse() {
        Jvm.Ended ended =
                new Jvm(directory).agent("enabled=false").running(Plain.class).end();

        assertThat(ended.out()).isEqualTo(AS_EVER);
        assertThat(ended.err()).singleElement().asString().endsWith("INFO  enabled=false: nothing is guarded.");
    }

    @Test
    void noFileIsWritten() throws IOException {
        Path home = Files.createDirectory(temp.resolve("home"));
        new Jvm(directory)
                .agent("redis-uri=redis://127.0.0.1:1")
                .with("-Djava.io.tmpdir=" + home, "-Duser.home=" + home, "-XX:-UsePerfData")
                .running(Plain.class)
                .end();

        assertThat(home).isEmptyDirectory();
        assertThat(directory).isDirectoryNotContaining(file -> !file.endsWith("stderr"));
    }

    private Path olderJava() {
        Path home = Path.of(System.getProperty("other.java.home"));
        Path release = home.resolve("release");
        assumeTrue(Files.exists(release) && majorVersion(release) < 21, "no JDK older than 21 is at hand");
        return home;
    }

    private static int majorVersion(Path release) {
        try {
            String version = Files.readAllLines(release).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .findFirst()
                    .orElse("JAVA_VERSION=\"99\"");
            return Integer.parseInt(
                    version.replaceAll("^[^\"]*\"(1\\.)?|[^0-9].*$", "").replaceAll("[^0-9].*", ""));
        } catch (IOException unreadable) {
            return 99;
        }
    }

    private Path compiledForJava8() throws IOException {
        Path source = Files.writeString(
                temp.resolve("Old.java"),
                "public class Old { public static void main(String[] a) { System.out.println(\"the application ran\"); } }");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "8", "-Xlint:-options", "-d", temp.toString(), source.toString());
        assertThat(status).isZero();
        return temp;
    }
}
