package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contract 6: the mode is read again from the config file, and counts are told. */
class ModeIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void aConfigFile() {
        file = directory.resolve("chatstream.properties");
    }

    private void mode(String mode) throws IOException {
        Files.writeString(file, "mode=" + mode + "\nstats-interval=1s\nacquire-timeout=60s\n");
    }

    private PodPlan plan() {
        return stage.plan().with("config-file", file.toString());
    }

    /** Each look at the file is up to ten seconds away. */
    private void switchTo(Pod pod, String mode) throws IOException {
        mode(mode);
        pod.log().awaitContaining("INFO", "mode=" + mode + " from now on");
    }

    @Test
    void itIsSwitchedUnderLoadAndNoLockIsLeft() throws IOException {
        mode("enforce");
        Pod pod = stage.pod(plan());
        Told enforced = pod.enter("enforced", "switched", "wait");
        pod.ask("waits", "switched", "wait");

        switchTo(pod, "observe");
        Told waited = pod.entered("waits");
        assertThat(waited.isGuarded()).isTrue();
        assertThat(waited.holdsLock()).isFalse();
        assertThat(stage.holderOf("switched")).isEqualTo(enforced.streamId());

        switchTo(pod, "off");
        assertThat(pod.enter("passes", "switched", "wait").isGuarded()).isFalse();
        assertThat(pod.query("owner", "switched")).as("works in every mode").contains(enforced.streamId());
        assertThat(pod.state("enforced").holdsLock()).as("kept to its end").isTrue();

        switchTo(pod, "enforce");
        assertThat(pod.end("enforced")).startsWith("answered");
        assertThat(pod.enter("again", "switched", "wait").holdsLock()).isTrue();
        for (String call : new String[] {"waits", "passes", "again"}) {
            assertThat(pod.end(call)).startsWith("answered");
        }
        stage.awaitHolder("switched", null);
        assertThat(pod.log().containing(" WARN ")).isEmpty();
        pod.log().awaitContaining("INFO", "entered", "would-be-busy 1", "Redis can be reached");
    }

    @Test
    void offAtTheStartIsSwitchedOnWithoutARestart() throws IOException {
        mode("off");
        Pod pod = stage.launch(plan());
        assertThat(pod.enter("passes", "off", "wait").isGuarded()).isFalse();
        assertThat(stage.holderOf("off")).isNull();
        switchTo(pod, "enforce");
        assertThat(pod.enter("guarded", "off", "wait").holdsLock()).isTrue();
        assertThat(pod.end("guarded")).startsWith("answered");
        assertThat(pod.end("passes")).startsWith("answered");
        stage.awaitHolder("off", null);
    }

    @Test
    void aWrongModeIsSaidOnceAndChangesNothing() throws IOException {
        mode("enforce");
        Pod pod = stage.pod(plan());
        mode("observ");
        pod.log().awaitContaining("WARN", "mode=observ", file.toString(), "observe or off", "stays as it is");
        assertThat(pod.enter("a", "wrong", "wait").holdsLock()).isTrue();
        assertThat(pod.end("a")).startsWith("answered");
    }
}
