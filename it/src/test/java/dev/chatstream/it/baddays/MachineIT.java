package dev.chatstream.it.baddays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chatstream.ChatStreams;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.JavaHomes;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Machines and containers on which there is little: what the tools of this one can make of it. */
class MachineIT {

    private static final List<String> READ_ONLY =
            List.of("unshare", "-m", "sh", "-c", "mount -o remount,bind,ro / && exec \"$@\"", "sh");
    private static final List<String> NOBODY = List.of(
            "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs", "env", "-u", "HOME");

    @RegisterExtension
    static final Stage stage = Stage.plain();

    private static PodPlan plan() {
        return Odds.oneCall(stage.plan());
    }

    /** No folder that can be written to, no temporary folder, no home, nobody. */
    @Test
    void nothingToWriteToAndNobodyToBe() throws IOException, InterruptedException {
        List<String> launcher = new ArrayList<>(READ_ONLY);
        launcher.addAll(NOBODY);
        assumeCan(launcher);
        PodPlan plan = plan().through(launcher)
                .flags("-Djava.io.tmpdir=/nonexistent/tmp", "-Duser.home=/nonexistent/home", "-XX:-UsePerfData");
        Odds.isGuarded(plan);
        Output output = Output.of(plan.with("report-file", "/chatstream.report"));
        assertThat(Odds.warnings(output))
                .singleElement()
                .asString()
                .startsWith("report-file=/chatstream.report cannot be written");
    }

    /** Leases are counted by the monotonic clock, and Redis counts for itself. */
    @Test
    void aClockInThePast() throws IOException, InterruptedException {
        Optional<Path> library = fakedClock();
        assumeThat(library).as("libfaketime").isPresent();
        String java = JavaHomes.ofPods().resolve("bin/java").toString();
        assumeThat(exitCode(List.of("env", "LD_PRELOAD=" + library.orElseThrow(), java, "-version")))
                .as("whether the library suits this JVM")
                .isZero();
        PodPlan plan = plan().environment("LD_PRELOAD", library.orElseThrow().toString())
                .environment("FAKETIME", "@2001-02-03 04:05:06");
        Odds.isGuarded(plan);
        assertThat(Odds.ours(Output.of(plan))).allMatch(line -> line.startsWith("[chatstream] 2001-02-03T"));
    }

    private static Optional<Path> fakedClock() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        }
    }

    /** Only root can, and not in every container; and what is run has to be readable for everybody. */
    private static void assumeCan(List<String> launcher) throws InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        String api =
                AgentJar.placeOf(ChatStreams.class).toString(); // in the local repository where `it` is built alone
        command.addAll(List.of("test", "-r", AgentJar.path().toString(), "-a", "-r", api, "-a", "!", "-w", "/"));
        assumeThat(exitCode(command)).as("what " + command + " answers").isZero();
    }

    private static int exitCode(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException notThere) {
            return -1;
        }
    }
}
