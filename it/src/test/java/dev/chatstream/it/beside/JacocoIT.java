package dev.chatstream.it.beside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.beside.OtherAgents.Order;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Beside JaCoCo's agent")
class JacocoIT {

    private static final Path JAR = OtherAgents.jar("org.jacoco.agent-runtime.jar");
    private static final String OURS = "dev/chatstream/agent/";

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void coverageIsAsWithoutUs(Order order) throws IOException {
        PodPlan script = stage.plan().mainClass("dev.chatstream.it.app.Script");
        Path without = directory.resolve("without.exec");
        Path with = directory.resolve("with.exec");
        assertThat(Output.of(OtherAgents.beside(script.withoutAgent(), JAR, "destfile=" + without, order))
                        .code())
                .isZero();
        Output guarded = Output.of(OtherAgents.beside(script, JAR, "destfile=" + with, order));

        assertThat(guarded.code()).as(guarded.stderr()).isZero();
        assertThat(guarded.stderr()).contains("guards this JVM");
        Map<String, String> expected = coverage(without);
        assertThat(expected).containsKey("dev/chatstream/it/app/Script");
        Map<String, String> found = coverage(with);
        assertThat(found).as("ids of classes, and probes").containsAllEntriesOf(expected);
        assertThat(onTheClassPath())
                .as("of the agent only what has to be on the class path")
                .containsAll(found.keySet().stream()
                        .filter(type -> type.startsWith(OURS))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void theGuardIsAsWithoutIt(Order order) {
        Path exec = directory.resolve("guarded.exec");
        Pod pod = stage.pod(OtherAgents.beside(stage.plan(), JAR, "destfile=" + exec, order));
        String chat = "jacoco-" + order;
        String streamId = pod.enter("holder", chat, "wait").streamId();
        pod.ask("refused", chat, "reject");
        assertThat(pod.busy("refused")).startsWith(streamId);
        assertThat(pod.query("abort", streamId)).isEqualTo("done");
        assertThat(pod.left("holder")).isEqualTo("stopped interrupted false");
        stage.awaitHolder(chat, null);
        assertThat(pod.finish()).isZero();
        assertThat(Files.exists(exec)).isTrue();
    }

    /** What a jar of the agent's shows as classes: all others have no such names. */
    private static List<String> onTheClassPath() throws IOException {
        try (ZipFile jar = new ZipFile(AgentJar.path().toFile())) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }

    /** Of each class that was run: its id, by which a report finds its file, and what of it was run. */
    private static Map<String, String> coverage(Path exec) throws IOException {
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(exec.toFile());
        Map<String, String> coverage = new TreeMap<>();
        loader.getExecutionDataStore().getContents().forEach(type -> {
            StringBuilder probes = new StringBuilder();
            for (boolean hit : type.getProbes()) {
                probes.append(hit ? '+' : '-');
            }
            coverage.put(type.getName(), Long.toHexString(type.getId()) + " " + probes);
        });
        return coverage;
    }
}
