package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract 6: where settings come from, and what is said about wrong ones. */
class SettingsIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    @Test
    void settingsComeFromTheAgentArgumentTheSystemPropertyTheEnvironmentAndTheFileInThisOrder() throws IOException {
        Path file = directory.resolve("chatstream.properties");
        Files.writeString(file, """
                redis-uri=%s
                lock-ttl=4s
                heartbeat=400ms
                abort-poll=300ms
                """.formatted(stage.redis().uri()));
        Pod pod = stage.pod(PodPlan.bare()
                .with("lock-ttl", "7s")
                .flags("-Dchatstream.config-file=" + file, "-Dchatstream.lock-ttl=6s", "-Dchatstream.heartbeat=900ms")
                .environment("CHATSTREAM_LOCK_TTL", "5s")
                .environment("CHATSTREAM_HEARTBEAT", "800ms")
                .environment("CHATSTREAM_ABORT_POLL", "350ms"));

        pod.log()
                .awaitContaining(
                        "guards this JVM", stage.redis().uri(), "lock-ttl 7s", "heartbeat 900ms", "abort-poll 350ms");
        assertThat(pod.enter("a", "settings", "wait").holdsLock()).isTrue();
        pod.end("a");
    }

    @Test
    void anEmptyValueIsUnset() {
        Pod pod = stage.pod(stage.plan().with("heartbeat", "").environment("CHATSTREAM_HEARTBEAT", "700ms"));
        pod.log().awaitContaining("guards this JVM", "heartbeat 700ms");
    }

    @Test
    void aWrongValueIsOneLineNamingKeyValueSourceAndWhatIsAllowedAndTheDefaultIsUsed() {
        Pod pod = stage.pod(stage.plan()
                .without("lock-ttl")
                .with("lock-ttl", "soon")
                .environment("CHATSTREAM_ON_BUSY", "perhaps")
                .flags("-Dchatstream.max-waiters=-1", "-Dchatstream.heartbeat=2h"));
        pod.log().awaitMatching("WARN +lock-ttl=soon \\(agent argument\\).* 24 ?h.*60 ?s");
        pod.log().awaitMatching("WARN .*perhaps \\(.*CHATSTREAM_ON_BUSY.*\\).*wait.*reject.*supersede");
        pod.log().awaitMatching("WARN .*max-waiters.*-1 \\(.*chatstream\\.max-waiters.*\\).*10,?000.*8");
        pod.log().awaitMatching("WARN .*heartbeat.*2h \\(.*chatstream\\.heartbeat.*\\)");
        assertThat(pod.log().containing(" WARN ")).hasSize(4);
        assertThat(pod.enter("b", "wrong", "wait").holdsLock()).isTrue();
    }

    @Test
    void anUnknownKeyIsOneLineNamingTheNearestAndIsIgnored() {
        Pod pod = stage.pod(stage.plan().with("lock-tll", "5s").environment("CHATSTREAM_REDIS_URL", "x"));
        pod.log().awaitContaining("WARN", "lock-tll", "lock-ttl");
        pod.log().awaitContaining("WARN", "CHATSTREAM_REDIS_URL", "CHATSTREAM_REDIS_URI");
        assertThat(pod.log().containing(" WARN ")).hasSize(2);
    }

    @Test
    void whatKubernetesInjectsIsNoSetting() {
        Pod pod = stage.pod(stage.plan()
                .environment("CHATSTREAM_SERVICE_HOST", "10.0.0.1")
                .environment("CHATSTREAM_SERVICE_PORT_HTTP", "80")
                .environment("CHATSTREAM_PORT", "tcp://10.0.0.1:80")
                .environment("CHATSTREAM_REDIS_PORT_6379_TCP_ADDR", "10.0.0.2"));
        assertThat(pod.log().containing(" WARN ")).isEmpty();
    }

    @Test
    void withStrictWrongAndUnknownSettingsStopTheJvmBeforeTheApplicationStarts() {
        for (PodPlan plan : List.of(
                stage.plan().with("strict", "true").with("on-lost", "cry"),
                stage.plan().with("strict", "true").with("no-such-key", "1"))) {
            Pod pod = stage.launch(plan);
            assertThat(pod.awaitEnd()).isEqualTo(1);
            assertThat(pod.output().all()).isEmpty();
            assertThat(pod.log().all()).allMatch(line -> line.startsWith("[chatstream] "));
            pod.log().awaitContaining("ERROR", "strict=true");
        }
    }

    @Test
    void aConfigFileThatIsNotThereIsOneLine() {
        Path missing = directory.resolve("missing.properties");
        Pod pod = stage.pod(stage.plan().with("config-file", missing.toString()));
        pod.log().awaitContaining("WARN", missing.toString());
        assertThat(pod.log().containing(" WARN ")).hasSize(1);
        assertThat(pod.enter("c", "fileless", "wait").holdsLock()).isTrue();
    }

    @Test
    void logLevelErrorKeepsQuietAndDebugTellsOfEveryStream() {
        Pod quiet = stage.pod(stage.plan().with("log-level", "error"));
        quiet.enter("d", "quiet", "wait");
        quiet.end("d");
        assertThat(quiet.log().all()).allMatch(line -> line.contains(" ERROR "));
        Pod chatty = stage.pod(stage.plan().with("log-level", "debug"));
        String id = chatty.enter("e", "chatty", "wait").streamId();
        chatty.end("e");
        chatty.log().awaitContaining("DEBUG", "waits", "guarded");
        chatty.log().awaitContaining("DEBUG", id, "entered");
        chatty.log().awaitContaining("DEBUG", id, "ended");
    }
}
