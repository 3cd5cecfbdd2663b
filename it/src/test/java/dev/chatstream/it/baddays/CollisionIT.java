package dev.chatstream.it.baddays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.OtherAgent;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two threads, each of which wants what the other has: one of them gives up in time. */
class CollisionIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path folder;

    private static String guarded(String type) {
        return "package collision; public class " + type + " { @dev.chatstream.ChatStream(chatId = \"#p0\")"
                + " public static String ask(String c) { return dev.chatstream.it.baddays.Caller.answer(c); } }";
    }

    @Test
    void anAgentThatLocksWhileOursIsLoadedIsNoDeadlock() throws IOException {
        Path classes = Compiler.compile(
                folder, Map.of("collision/First.java", guarded("First"), "collision/Second.java", guarded("Second")));
        PodPlan plan = Odds.patient(stage.plan())
                .classPath(List.of(classes))
                .mainClass(Caller.class.getName())
                .arguments("collision.First", "collision.Second");
        Path other = OtherAgent.jar(folder, Colliding.class);
        Output with = Output.of(plan.agents(other, AgentJar.path()));
        assertThat(with.text().lines().filter(line -> line.endsWith(", true")))
                .as(with.stderr())
                .hasSize(2);
        Odds.sameButForTheLock(with, Output.of(plan.agents(other)));
        assertThat(Odds.warnings(with))
                .containsExactly(
                        "collision.Second is guarded only now, some time after it was loaded, since what weaves"
                                + " it was not ready within 10 s: a call in between ran unguarded.");
    }
}
