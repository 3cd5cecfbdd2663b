package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.JavaHomes;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The jar on the flag of JVMs of every kind, and what becomes of the application's own output. */
class FlagIT {

    private static final String SCRIPT = "dev.chatstream.it.app.Script";

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    @Test
    void stdoutIsToTheByteWhatItIsWithoutTheAgent() {
        PodPlan plan = stage.plan().mainClass(SCRIPT);
        Output without = Output.of(plan.withoutAgent());
        assertThat(without.code()).isZero();
        assertThat(without.stdout()).isNotEmpty();
        for (PodPlan with : List.of(
                plan,
                plan.with("log-level", "debug"),
                plan.with("lock-ttl", "wrong"),
                plan.without("redis-uri").with("redis-uri", "redis://127.0.0.1:1"))) {
            Output output = Output.of(with);
            assertThat(output.code()).isZero();
            assertThat(output.stdout()).isEqualTo(without.stdout());
            assertThat(output.errors()).allMatch(line -> line.startsWith("[chatstream] "));
        }
    }

    @Test
    void theFlagTwiceIsSaidAndGuardsOnce() throws IOException {
        Path copy = Files.copy(AgentJar.path(), directory.resolve("copy.jar"));
        for (Path second : List.of(AgentJar.path(), copy)) {
            Pod pod = stage.pod(stage.plan().agents(AgentJar.path(), second));
            String streamId = pod.enter("a", "twice", "wait").streamId();
            assertThat(stage.holderOf("twice")).isEqualTo(streamId);
            pod.end("a");
            assertThat(stage.holderOf("twice")).isNull();
            pod.log().awaitContaining("twice");
            assertThat(pod.log().containing("guards this JVM")).hasSize(1);
            assertThat(pod.log().all()).allMatch(line -> line.startsWith("[chatstream] "));
        }
    }

    @Test
    void aJarThatIsTruncatedStartsNothingHalfway() throws IOException {
        byte[] whole = Files.readAllBytes(AgentJar.path());
        Path half = Files.write(directory.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));
        Output output = Output.of(stage.plan().agents(half).mainClass(SCRIPT));
        assertThat(output.code()).isEqualTo(1); // the JVM itself refuses: it never runs unguarded unknowingly
        assertThat(output.stderr()).contains("half.jar").doesNotContain("at dev.chatstream");
    }

    @Test
    void anOldJvmPrintsOnePlainLineAndLetsTheApplicationRunUntouched() throws IOException {
        Path old = JavaHomes.other();
        assumeThat(JavaHomes.versionOf(old))
                .as("the version of " + old + ", where one is needed that the API runs on and the agent does not")
                .isBetween(17, 20);
        Path classes = Compiler.compile(directory, Map.of("Old.java", """
                import dev.chatstream.*;
                public class Old {
                    @ChatStream(chatId = "#p0") static String ask(String chat) { return "asked " + chat; }
                    public static void main(String[] a) {
                        System.out.println(ask("c") + " " + ChatStreams.isAgentActive());
                    }
                }
                """), "--release", "17");
        Output output = Output.of(stage.plan().javaHome(old).mainClass("Old").classPath(List.of(classes)));
        assertThat(output.code()).isZero();
        assertThat(output.text()).isEqualTo("asked c false\n");
        assertThat(output.errors()).hasSize(1);
        assertThat(output.stderr()).startsWith("[chatstream] ").contains("21", "17");
    }

    @Test
    void parametersWithoutNamesAreSaidWithWhatToWriteInstead() {
        Path classes = Compiler.compile(directory, Map.of("Nameless.java", """
                import dev.chatstream.*;
                public class Nameless {
                    @ChatStream(chatId = "#chat") static String named(String chat) { return state(); }
                    @ChatStream(chatId = "#p0") static String numbered(String chat) { return state(); }
                    static String state() {
                        return ChatStreams.current().map(s -> "holds " + s.holdsLock()).orElse("unguarded");
                    }
                    public static void main(String[] a) throws Exception {
                        while (!ChatStreams.owners(java.util.List.of("c")).verified()) Thread.sleep(20);
                        System.out.println(named("c") + ", " + numbered("c"));
                    }
                }
                """), "-g:none");
        Output output = Output.of(stage.plan().mainClass("Nameless").classPath(List.of(classes)));
        assertThat(output.text()).isEqualTo("unguarded, holds true\n");
        assertThat(output.stderr()).contains("Nameless#named", "#p0").doesNotContain("\tat ");
    }

    @Test
    void underStrictAMethodThatCannotBeGuardedThrowsWhenItIsCalled() {
        Path classes = Compiler.compile(directory, Map.of("Typo.java", """
                import dev.chatstream.*;
                public class Typo {
                    @ChatStream(chatId = "#caht") static String ask(String chat) { return "ran"; }
                    @ChatStream(chatId = "#chat.") static String parse(String chat) { return "ran"; }
                    public static void main(String[] a) {
                        for (Runnable call : new Runnable[] {() -> ask("c"), () -> parse("c")}) {
                            try { call.run(); System.out.println("ran"); }
                            catch (IllegalStateException e) { System.out.println("refused"); }
                        }
                    }
                }
                """), "-g");
        PodPlan plan = stage.plan().mainClass("Typo").classPath(List.of(classes));
        Output lax = Output.of(plan);
        assertThat(lax.text()).isEqualTo("ran\nran\n");
        assertThat(lax.stderr())
                .contains("Typo#ask", "#caht", "Typo#parse", "#chat.")
                .doesNotContain("\tat ");
        assertThat(Output.of(plan.with("strict", "true")).text()).isEqualTo("refused\nrefused\n");
    }

    @Test
    void theFlagMayStandInJavaToolOptions() {
        String flag =
                "-javaagent:" + AgentJar.path() + "=redis-uri=" + stage.redis().uri() + ";lock-ttl=6s;strict=true";
        Pod pod = stage.pod(stage.plan().withoutAgent().environment("JAVA_TOOL_OPTIONS", flag));
        assertThat(pod.enter("a", "options", "wait").holdsLock()).isTrue();
        pod.end("a");
        assertThat(pod.log().all())
                .filteredOn(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS")) // the JVM's own
                .allMatch(line -> line.startsWith("[chatstream] "));
    }

    /** The names of the application's own types, some of which the agent has under other names too. */
    @Test
    void whatIsReturnedAndNotFollowedYetIsSaidOnceWhenItIsWoven() {
        Path classes = Compiler.compile(
                directory,
                Map.of(
                        "reactor/core/publisher/ParallelFlux.java",
                                "package reactor.core.publisher; public class ParallelFlux {}",
                        "org/reactivestreams/Publisher.java",
                                "package org.reactivestreams; public interface Publisher {}",
                        "Streams.java", """
                import dev.chatstream.*;
                public class Streams {
                    @ChatStream(chatId = "#p0") static reactor.core.publisher.ParallelFlux flux(String chat) { return null; }
                    @ChatStream(chatId = "#p0") static Own own(String chat) { return null; }
                    @ChatStream(chatId = "#p0") static java.util.concurrent.SubmissionPublisher<String> flow(String chat) { return null; }
                    @ChatStream(chatId = "#p0") static String text(String chat) { return chat; }
                    static class Own implements org.reactivestreams.Publisher {}
                    public static void main(String[] a) {
                        for (int i = 0; i < 3; i++) { flux("c"); own("c"); flow("c"); text("c"); }
                    }
                }
                """));
        Output output = Output.of(stage.plan().mainClass("Streams").classPath(List.of(classes)));
        assertThat(output.code()).isZero();
        assertThat(output.errors().stream().filter(line -> line.contains("is not followed yet")))
                .hasSize(3)
                .anyMatch(line -> line.contains("#flux(String): it returns reactor.core.publisher.ParallelFlux,"))
                .anyMatch(line -> line.contains("#own(String): it returns Streams$Own,"))
                .anyMatch(line -> line.contains("#flow(String): it returns java.util.concurrent.SubmissionPublisher,"));
    }

    @Test
    void aMachineWithoutATemporaryFolderIsNoTrouble() {
        Pod pod = stage.pod(stage.plan()
                .flags("-Djava.io.tmpdir=/nonexistent/tmp", "-Duser.home=/nonexistent/home", "-Duser.dir=/"));
        assertThat(pod.enter("a", "bare", "wait").holdsLock()).isTrue();
        pod.end("a");
        assertThat(pod.finish()).isZero();
        assertThat(pod.log().all())
                .filteredOn(line -> !line.equals("WARNING: java.io.tmpdir directory does not exist")) // the JVM's own
                .allMatch(line -> line.startsWith("[chatstream] "));
        assertThat(pod.log().containing(" WARN ")).isEmpty();
    }

    @Test
    void theJarOnItsOwnPrintsVersionUsageAndSettings() {
        Output output = Output.of(
                PodPlan.bare().withoutAgent().flags("-jar", AgentJar.path().toString()));
        assertThat(output.code()).isZero();
        assertThat(output.text()).contains("-javaagent:", "redis-uri", "lock-ttl", "60s");
        assertThat(output.errors()).isEmpty();
    }
}
