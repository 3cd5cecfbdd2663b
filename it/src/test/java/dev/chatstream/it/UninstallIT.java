package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chatstream.ChatStreams;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.JavaHomes;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** To uninstall the agent is to remove the flag: nothing stays behind, and the application does what it always did. */
class UninstallIT {

    private static final int FIRST_WITH_AOT_CACHES = 25;

    private static final String SOURCE = """
            import dev.chatstream.*;
            import java.util.*;
            import java.util.concurrent.*;
            public class App {
                @ChatStream(chatId = "#p0", streamId = "'own-' + #p0")
                static String ask(String chat) {
                    ChatStreams.abort("another");
                    System.out.println(state());
                    return "answered " + chat;
                }
                @ChatStream
                static CompletableFuture<String> later(@ChatId String chat) {
                    return CompletableFuture.supplyAsync(() -> "later " + chat);
                }
                static String state() {
                    return ChatStreams.isAgentActive() + " " + ChatStreams.current().map(ActiveStream::holdsLock)
                            + " " + ChatStreams.owner("other") + " " + ChatStreams.abortChat("other")
                            + " " + ChatStreams.owners(List.of("other"));
                }
                public static void main(String[] arguments) {
                    System.out.println(ask("one") + ", " + later("two").join());
                    ChatStreams.abortAsync("nobody").join();
                }
            }
            """;

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path folder;

    private PodPlan plan = PodPlan.bare();

    /** Has a folder to work in, a home and a temporary folder. */
    @BeforeEach
    void anApplication() throws IOException {
        Path classes = Compiler.compile(folder, Map.of("App.java", SOURCE));
        for (String name : List.of("work", "home", "tmp")) {
            Files.createDirectory(folder.resolve(name));
        }
        plan = stage.plan()
                .with("lock-ttl", "60s")
                .with("redis-command-timeout", "20s")
                .classPath(List.of(classes))
                .mainClass("App")
                .environment("HOME", folder.resolve("home").toString())
                .environment("TMPDIR", folder.resolve("tmp").toString())
                .flags("-Duser.home=" + folder.resolve("home"), "-Djava.io.tmpdir=" + folder.resolve("tmp"))
                .through(List.of("env", "--chdir=" + folder.resolve("work")));
    }

    /** Every file below the folder with what is in it. */
    private Map<String, Integer> files() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.toList()) {
                int content = Files.isDirectory(file) ? 0 : Arrays.hashCode(Files.readAllBytes(file));
                files.put(folder.relativize(file).toString(), content);
            }
        }
        return files;
    }

    @Test
    void afterTheFlagTheApplicationIsWhatItWasAndNothingIsLeftBehind() throws IOException {
        Output before = Output.of(plan.withoutAgent());
        assertThat(before.text())
                .isEqualTo("false Optional.empty Optional.empty Optional.empty Owners[verified=false, byChatId={}]\n"
                        + "answered one, later two\n");
        Map<String, Integer> files = files();

        Output with = Output.of(plan);
        assertThat(with.text())
                .as(with.stderr())
                .startsWith("true Optional[true] ")
                .contains("verified=true");
        assertThat(files())
                .as("files, the application's own classes among them")
                .isEqualTo(files);
        List<String> keys = stage.redis().client().keys("*");
        assertThat(keys)
                .as("what Redis keeps is records and markers")
                .isNotEmpty()
                .allMatch(key -> key.startsWith("chatstream:") || key.startsWith("mothership_stream:"));
        for (String key : keys) {
            assertThat(stage.redis().client().pttl(key))
                    .as("expires within the hour: %s", key)
                    .isBetween(1L, Duration.ofHours(1).toMillis());
        }

        Output after = Output.of(plan.withoutAgent());
        assertThat(after).isEqualTo(before);
    }

    /** The woven classes are not in it; without the instrument module, which the flag brings, the JVM drops it. */
    @Test
    void anAotCacheThatWasTrainedWithTheFlagHoldsNothingOfTheAgentsForARunWithoutIt() {
        assumeThat(JavaHomes.versionOf(JavaHomes.ofPods()))
                .as("the version of Java, where one with AOT caches is needed")
                .isGreaterThanOrEqualTo(FIRST_WITH_AOT_CACHES);
        PodPlan plan = stage.plan()
                .with("lock-ttl", "60s")
                .with("redis-command-timeout", "20s")
                .running("-cp", jars(), "App");
        Output before = Output.of(plan.withoutAgent());
        Path cache = folder.resolve("app.aot");
        Output training = Output.of(plan.flags("-XX:AOTCacheOutput=" + cache));
        assertThat(cache).as(training.text() + training.stderr()).exists();

        PodPlan cached = plan.withoutAgent().flags("-XX:AOTCache=" + cache);
        Output dropped = Output.of(cached);
        assertThat(dropped.text())
                .contains("jdk.module.addmods", "Unable to map shared spaces")
                .endsWith(before.text());
        Output used = Output.of(cached.flags("--add-modules", "java.instrument"));
        assertThat(used.text()).isEqualTo(before.text());
    }

    /** Caches know of classes in jars only. */
    private String jars() {
        Path jar = folder.resolve("app.jar");
        Path classes = Compiler.compile(folder, Map.of("App.java", SOURCE));
        int code = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "cf", jar.toString(), "-C", classes.toString(), "App.class");
        assertThat(code).isZero();
        return jar + File.pathSeparator + AgentJar.placeOf(ChatStreams.class);
    }
}
