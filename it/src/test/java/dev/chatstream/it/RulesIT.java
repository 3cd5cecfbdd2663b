package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract 6, {@code methods} and {@code methods-file}: an application that has never heard of ChatStream. */
class RulesIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private PodPlan plan = PodPlan.bare();

    /** Each call tells whether a second one for the same chat is refused while it runs. */
    private static final Map<String, String> SOURCES = Map.of(
            "com/acme/Base.java",
            """
            package com.acme;
            public class Base {
                public String stream(String chat) { return Probe.of(chat, () -> new Base().guardedAnyhow(chat)); }
                public String stream(String chat, int number) { return Probe.of(chat, () -> new Base().guardedAnyhow(chat)); }
                public String guardedAnyhow(String chat) { return "in"; }
            }
            """,
            "com/acme/Child.java",
            """
            package com.acme;
            public class Child extends Base {}
            """,
            "com/acme/Talk.java",
            """
            package com.acme;
            public interface Talk {
                String talk(String chat);
                class Outer { public static class Inner implements Talk {
                    public String talk(String chat) { return Probe.of(chat, () -> new Base().guardedAnyhow(chat)); }
                } }
            }
            """,
            "com/acme/Probe.java",
            """
            package com.acme;
            import java.util.concurrent.*;
            public class Probe {
                static String of(String chat, Callable<String> other) {
                    try {
                        CompletableFuture<String> answer = new CompletableFuture<>();
                        Thread.ofPlatform().start(() -> {
                            try { answer.complete(other.call()); } catch (Throwable e) { answer.complete(e.toString()); }
                        });
                        String said = answer.get();
                        return said.equals("in") ? "free" : said.startsWith("java.lang.IllegalStateException") ? "held" : said;
                    } catch (Exception e) { return e.toString(); }
                }
            }
            """,
            "com/acme/Main.java",
            """
            package com.acme;
            public class Main {
                public static void main(String[] calls) throws Exception {
                    for (String call : calls) {
                        System.out.println(call + " " + switch (call) {
                            case "base" -> new Base().stream("c");
                            case "child" -> new Child().stream("c");
                            case "two" -> new Child().stream("c", 2);
                            case "inner" -> new Talk.Outer.Inner().talk("c");
                            case "proxy" -> ((Talk) java.lang.reflect.Proxy.newProxyInstance(Main.class.getClassLoader(),
                                    new Class<?>[] {Talk.class}, (self, method, arguments) ->
                                            Probe.of("c", () -> new Base().guardedAnyhow("c")))).talk("c");
                            case "wait" -> { Thread.sleep(62_000); yield "a minute"; }
                            default -> "what?";
                        });
                    }
                }
            }
            """);

    /** What each test's other call is guarded by, and refused at once. */
    private static final String OTHER = "com.acme.Base#guardedAnyhow(#p0,onBusy=REJECT)";

    @BeforeEach
    void anApplicationWithoutTheApi() {
        Path classes = Compiler.compile(directory, new LinkedHashMap<>(SOURCES), "-g");
        plan = stage.plan().classPath(List.of(classes)).alone().mainClass("com.acme.Main");
    }

    private static Output run(PodPlan plan, String... calls) {
        Output output = Output.of(plan.arguments(calls));
        assertThat(output.code()).as(output.stderr()).isZero();
        assertThat(output.errors()).allMatch(line -> line.startsWith("[chatstream] "));
        return output;
    }

    @Test
    void rulesStandInTheAgentArgument() {
        Output output = run(plan.with("methods", OTHER + "|com.acme.Base#stream[String](#chat)"), "base", "two");

        assertThat(output.text()).isEqualTo("base held\ntwo free\n");
        assertThat(output.stderr()).doesNotContain(" WARN ").doesNotContain(" ERROR ");
    }

    @Test
    void orInASystemPropertyTheEnvironmentTheConfigFileOrAFileOfTheirOwn() throws IOException {
        String rules = OTHER + "|com.acme.Child#stream(#p0)";
        Path config = Files.writeString(directory.resolve("chat.properties"), "methods=" + rules + "\n");
        Path lines = Files.writeString(
                directory.resolve("chat.rules"), "\uFEFF# ours\r\n\r\n" + rules.replace("|", "\r\n") + "\r\n");
        for (PodPlan way : List.of(
                plan.flags("-Dchatstream.methods=" + rules),
                plan.environment("CHATSTREAM_METHODS", rules),
                plan.with("config-file", config.toString()),
                plan.with("methods-file", lines.toString()),
                plan.environment("CHATSTREAM_METHODS_FILE", lines.toString()))) {
            assertThat(run(way, "child").text()).isEqualTo("child held\n");
        }
    }

    @Test
    void anInheritedMethodIsGuardedForTheNamedClassOnlyWhateverIsLoadedFirst() {
        PodPlan ruled =
                plan.with("methods", OTHER + "|com.acme.Child#stream(#p0)").with("strict", "true");

        assertThat(run(ruled, "base", "child", "base", "two").text())
                .isEqualTo("base free\nchild held\nbase free\ntwo held\n");
        assertThat(run(ruled, "child", "base", "two").text()).isEqualTo("child held\nbase free\ntwo held\n");
    }

    @Test
    void aNamedInterfaceIsGuardedInEveryImplementationAlsoInJdkProxies() {
        PodPlan ruled = plan.with("methods", OTHER + "|com.acme.Talk#talk(#p0)");

        assertThat(run(ruled, "inner", "proxy").text()).isEqualTo("inner held\nproxy held\n");
    }

    @Test
    void aNestedClassIsNamedByDollarsOrDots() {
        for (String name : List.of("com.acme.Talk$Outer$Inner", "com.acme.Talk.Outer.Inner")) {
            PodPlan ruled = plan.with("methods", OTHER + "|" + name + "#talk(#p0)");
            assertThat(run(ruled, "inner").text()).isEqualTo("inner held\n");
        }
    }

    @Test
    void whatGuardsNothingIsSaidWhenTheJvmEndsWithWhatMayHaveBeenMeant() {
        Output output = run(
                plan.with(
                        "methods",
                        "com.acme.Bsae#stream(#p0)|com.acme.Base#strem(#p0)|com.acme.Base#stream[int](#p0)|" + OTHER),
                "base");

        assertThat(output.errors().stream().filter(line -> line.contains(" WARN ")))
                .hasSize(3)
                .anyMatch(line -> line.endsWith("The rule com.acme.Bsae#stream(#p0) (agent argument, column 1) guards"
                        + " nothing: no class com.acme.Bsae was loaded so far; similar: com.acme.Base."))
                .anyMatch(line -> line.endsWith("com.acme.Base has no method strem; similar: stream."))
                .anyMatch(line -> line.endsWith("com.acme.Base has no stream with these parameters; there are"
                        + " stream[java.lang.String,int], stream[java.lang.String]."));
    }

    @Test
    void orAfterAMinuteAndUnderStrictAsAnErrorEachMinute() {
        Output output = run(
                plan.with("methods", "com.acme.Chidl#stream(#p0)|" + OTHER).with("strict", "true"), "child", "wait");

        assertThat(output.text()).isEqualTo("child free\nwait a minute\n");
        assertThat(output.errors().stream()
                        .filter(line -> line.contains("com.acme.Chidl#stream(#p0) (agent argument,")))
                .satisfiesExactly(
                        line -> assertThat(line).contains(" WARN ", "similar: com.acme.Child."),
                        line -> assertThat(line).contains(" ERROR ", "NOT READY", "similar: com.acme.Child."));
    }

    @Test
    void aWrongRuleIsOneLineAndTheOthersCountButUnderStrictTheJvmStops() throws IOException {
        Path file = Files.writeString(directory.resolve("chat.rules"), OTHER + "\ncom.acme.Base#stream[String(#p0)\n");
        PodPlan ruled = plan.with("methods", "com.acme.Base#stream(#chat|com.acme.Child#stream(#p0)")
                .with("methods-file", file.toString());

        Output lax = run(ruled, "child");
        assertThat(lax.text()).isEqualTo("child held\n");
        assertThat(lax.errors().stream().filter(line -> line.contains(" WARN ")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .endsWith(
                                        "methods: the rule com.acme.Base#stream(#chat (agent argument, column 27) is not"
                                                + " allowed: ) is missing behind the arguments. This rule is ignored."),
                        line -> assertThat(line)
                                .endsWith("methods-file: the rule com.acme.Base#stream[String(#p0) (" + file
                                        + ":2:28) is not allowed: ] is missing behind the types of the parameters, as in"
                                        + " [java.lang.String,int]. This rule is ignored."));
        Output strict = Output.of(ruled.with("strict", "true").arguments("child"));
        assertThat(strict.code()).isEqualTo(1);
        assertThat(strict.text()).isEmpty();
        assertThat(strict.errors()).hasSize(3);
    }
}
