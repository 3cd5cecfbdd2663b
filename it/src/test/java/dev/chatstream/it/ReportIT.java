package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract 6, {@code report-file}: what became of each method, told by a JVM of its own. */
class ReportIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    private static final Map<String, String> SOURCES = Map.of("com/acme/Chat.java", """
            package com.acme;
            import dev.chatstream.*;
            public class Chat {
                @ChatStream(chatId = "#chat", onBusy = OnBusy.REJECT) public String ask(String chat) { return chat; }
                @ChatStream(chatId = "#chta") public void wrong(String chat) {}
                public java.util.stream.Stream<String> stream(String chat) { return null; }
            }
            """, "com/acme/Main.java", """
            package com.acme;
            import java.nio.file.*;
            public class Main {
                public static void main(String[] arguments) throws Exception {
                    System.out.println(new Chat().ask("c"));
                    Path report = Path.of(arguments[0]);
                    System.out.println(Files.exists(report));
                    if (arguments.length > 1) {
                        for (int i = 0; i < 900 && !Files.exists(report); i++) Thread.sleep(100);
                        System.out.println(Files.readAllLines(report).get(0));
                    }
                }
            }
            """);

    private static final String ASK =
            "guarded      com.acme.Chat#ask(String); held until it returns; chatId #chat; onBusy REJECT; by annotation";
    private static final String STREAM =
            "guarded      com.acme.Chat#stream(String); held as java.util.stream.BaseStream; chatId #p0; by rule"
                    + " com.acme.Chat#stream(#p0) (";
    private static final String WRONG =
            "NOT GUARDED  com.acme.Chat#wrong(String); by annotation; why: chatId = \"#chta\","
                    + " character 1: no parameter is called #chta: there are #chat, or by number #p0.";

    @TempDir
    Path directory;

    private Path report = Path.of(".");
    private Path classes = Path.of(".");
    private PodPlan plan = PodPlan.bare();

    @BeforeEach
    void anApplication() {
        report = directory.resolve("weaving.txt");
        classes = Compiler.compile(directory, SOURCES, "-g");
        plan = stage.plan()
                .classPath(List.of(classes))
                .mainClass("com.acme.Main")
                .arguments(report.toString())
                .with("report-file", report.toString());
    }

    private static Output run(PodPlan plan) {
        Output output = Output.of(plan);
        assertThat(output.code()).as(output.stderr()).isZero();
        return output;
    }

    private static Stream<String> warnings(Output output) {
        return output.errors().stream()
                .filter(line -> line.contains(" WARN "))
                .map(line -> line.replaceAll("^.* WARN +", ""));
    }

    @Test
    void itIsThereWhenTheJvmHasEndedWithALineForEveryMethod() throws IOException {
        Output output = run(plan.with("methods", "com.acme.Chat#stream(#p0)|com.acme.Chta#ask(#p0)"));

        String summary = "2 guarded methods, 1 not guarded, 1 rule that guards nothing";
        assertThat(output.text()).isEqualTo("c\nfalse\n");
        assertThat(Files.readAllLines(report))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(summary),
                        second -> assertThat(second).startsWith("ChatStream "),
                        idle -> assertThat(idle)
                                .startsWith("IDLE RULE    The rule com.acme.Chta#ask(#p0) (agent argument, column 27)"),
                        wrong -> assertThat(wrong).isEqualTo(WRONG),
                        ask -> assertThat(ask).isEqualTo(ASK),
                        stream -> assertThat(stream).startsWith(STREAM));
        assertThat(warnings(output))
                .satisfiesExactly(
                        wrong -> assertThat(wrong).contains("com.acme.Chat#wrong(String) is not guarded"),
                        idle -> assertThat(idle).startsWith("The rule com.acme.Chta#ask(#p0)"),
                        sum -> assertThat(sum)
                                .isEqualTo("Not all is guarded that should be: " + summary + "; see " + report + "."));
    }

    @Test
    void itIsThereAfterAMinuteAndUnderStrictSaysThatItIsNotReady() {
        Output output = run(plan.with("strict", "true")
                .with("methods", "com.acme.Chta#ask(#p0)")
                .arguments(report.toString(), "wait"));

        assertThat(output.text())
                .isEqualTo("c\nfalse\nNOT READY (strict=true): 1 guarded method, 1 not guarded, 1 rule that guards"
                        + " nothing\n");
    }

    @Test
    void whereItCannotBeWrittenThatIsSaidAndTheApplicationRuns() {
        Path nowhere = directory.resolve("gone/weaving.txt");
        Output output = run(plan.with("report-file", nowhere.toString()));

        assertThat(output.text()).isEqualTo("c\nfalse\n");
        assertThat(warnings(output).filter(line -> line.startsWith("report-file=" + nowhere + " cannot be written")))
                .hasSize(1);
    }

    @Test
    void aCheckOfTheSameClassesSaysTheSame() throws IOException {
        run(plan);
        Output check = Output.of(
                PodPlan.bare().withoutAgent().flags("-jar", AgentJar.path().toString(), "check", classes.toString()));

        List<String> reported = Files.readAllLines(report);
        assertThat(check.text().lines().limit(2)).containsExactlyElementsOf(reported.subList(2, reported.size()));
    }
}
