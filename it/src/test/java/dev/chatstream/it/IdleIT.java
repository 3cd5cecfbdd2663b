package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.Eventually;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the agent does to a machine, a Redis and an application that ask nothing of it. */
class IdleIT {

    @RegisterExtension
    static final Stage stage = Stage.with(
            plan -> plan.with("lock-ttl", "1500ms").with("abort-poll", "100ms").with("heartbeat", "100ms"));

    @Test
    void aJvmWithNoOpenStreamSendsNoCommand() throws InterruptedException {
        Pod pod = stage.pod();
        pod.enter("a", "idle", "wait");
        pod.end("a");
        Eventually.until("what went before has come to rest", () -> {
            Set<String> before = calls();
            Thread.sleep(300);
            return calls().equals(before);
        });
        Set<String> before = calls();
        Thread.sleep(2_000); // twenty heartbeats and polls: time is the subject
        assertThat(calls()).isEqualTo(before);
    }

    @Test
    void anApplicationWithoutAGuardedMethodOpensNoConnection() {
        long before = connections();
        Pod pod = stage.launch(
                stage.plan().mainClass("dev.chatstream.it.app.Plain").with("log-level", "debug"));
        pod.output().await("ready");
        assertThat(connections()).isEqualTo(before);
        assertThat(pod.finish()).isZero();
        assertThat(pod.output().all()).containsExactly("ready");
        assertThat(connections()).isEqualTo(before);
    }

    @Test
    void aLookUpConnectsThoughNoMethodIsGuarded(@TempDir Path directory) {
        Path classes = Compiler.compile(directory, Map.of("Looks.java", """
                import dev.chatstream.*;
                public class Looks {
                    public static void main(String[] a) throws Exception {
                        while (!ChatStreams.owners(java.util.List.of("c")).verified()) Thread.sleep(20);
                        System.out.println("verified, owner " + ChatStreams.owner("c"));
                    }
                }
                """));
        Output output = Output.of(stage.plan().mainClass("Looks").classPath(List.of(classes)));
        assertThat(output.text()).isEqualTo("verified, owner Optional.empty\n");
        assertThat(output.code()).isZero();
    }

    /** How often each command was called, less what this client asks itself. */
    private static Set<String> calls() {
        return Arrays.stream(stage.redis().client().info("commandstats").split("\r?\n"))
                .filter(line -> line.startsWith("cmdstat_") && !line.startsWith("cmdstat_info"))
                .map(line -> line.replaceAll(",usec.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long connections() {
        return Arrays.stream(stage.redis().client().info("stats").split("\r?\n"))
                .filter(line -> line.startsWith("total_connections_received:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }
}
