package dev.chatstream.it.baddays;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A new version of the agent is put where the old one was, and JVMs still run on that. */
class JarReplacedIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path folder;

    /** Most of the agent's classes load with the first call, from the file that has no name any more. */
    @Test
    void aFileThatAnotherIsRenamedOverServesOnUntilTheJvmEnds() throws IOException {
        Path jar = Files.copy(AgentJar.path(), folder.resolve("chatstream-agent.jar"));
        Pod pod = stage.pod(stage.plan().agents(jar));
        Files.move(Files.writeString(folder.resolve("new.jar"), "another"), jar, REPLACE_EXISTING);

        Told held = pod.enter("held", "replaced", "wait");
        assertThat(stage.holderOf("replaced")).isEqualTo(held.streamId());
        assertThat(pod.query("abortChat", "replaced")).contains(held.streamId());
        assertThat(pod.aborted("held")).contains("STOPPED");
        stage.awaitHolder("replaced", null);
        assertThat(pod.finish()).isZero();
        assertThat(pod.log().containing(" WARN ")).isEmpty();
        assertThat(pod.log().containing(" ERROR ")).isEmpty();
        assertThat(pod.log().containing("Exception")).isEmpty();
    }
}
