package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A file system that nothing can be written to, as many containers have: the agent unpacks nothing, and works wholly. */
class ReadOnlyIT {

    /** In a mount namespace of its own, every mount is made read-only; where one stays writable is seen below. */
    private static final String SCRIPT = """
            for mount in $(cut -d ' ' -f 5 /proc/self/mountinfo); do
              mount -o remount,bind,ro "$mount" 2>/dev/null || true
            done
            cd "$0" && exec "$@"
            """;

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    @Test
    void onAReadOnlyFileSystemEverythingWorksAndNothingIsSaidOfIt() throws Exception {
        List<String> readOnly = readOnly();
        assumeThat(endsWell(readOnly, "true"))
                .as("a mount namespace of its own, by unshare")
                .isTrue();
        for (Path folder : List.of(directory, Path.of("/tmp"), Path.of("").toAbsolutePath(), Path.of("/dev/shm"))) {
            assumeThat(endsWell(readOnly, "touch", folder.resolve("probe").toString()))
                    .as("that " + folder + " can be written to there")
                    .isFalse();
        }
        PodPlan plan = stage.plan().through(readOnly).flags("-Djava.io.tmpdir=" + directory);

        Pod pod = stage.pod(plan);
        Told told = pod.enter("a", "read-only", "wait");
        assertThat(told.holdsLock()).isTrue();
        assertThat(stage.holderOf("read-only")).isEqualTo(told.streamId());
        stage.first().ask("b", "read-only", "reject");
        assertThat(stage.first().busy("b")).startsWith(told.streamId());
        assertThat(stage.first().query("abortChat", "read-only")).isEqualTo("Optional[" + told.streamId() + "]");
        assertThat(pod.left("a")).isEqualTo("stopped interrupted false");
        stage.awaitHolder("read-only", null);
        assertThat(pod.finish()).isZero();
        assertThat(pod.log().all()).allMatch(line -> line.matches("\\[chatstream] \\S+ INFO  .*"));
    }

    /** As root at once, else as the root of a user namespace. */
    private List<String> readOnly() {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
        if (!System.getProperty("user.name").equals("root")) {
            command.add("--map-root-user");
        }
        command.addAll(List.of("sh", "-c", SCRIPT, directory.toString()));
        return command;
    }

    private static boolean endsWell(List<String> launcher, String... command) throws InterruptedException {
        List<String> whole = new ArrayList<>(launcher);
        whole.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
