package dev.chatstream.it.baddays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Class loaders that throw, that show nothing, and that hold their locks. */
class OddLoadersIT {

    private static final Map<String, String> SOURCES = Map.of(
            "loaded/Base.java",
            """
            package loaded;
            import dev.chatstream.ChatStream;
            public class Base {
                @ChatStream(chatId = "#p0") public String ask(String chat) { return null; }
            }
            """,
            "loaded/Child.java",
            """
            package loaded;
            public class Child extends Base {
                @Override public String ask(String chat) { return dev.chatstream.it.baddays.Caller.answer(chat); }
            }
            """,
            "loaded/Told.java",
            """
            package loaded;
            public interface Told {
                @dev.chatstream.ChatStream(chatId = "#p0") String ask(String chat);
            }
            """,
            "loaded/Implementation.java",
            """
            package loaded;
            public class Implementation implements Told {
                @Override public String ask(String chat) { return dev.chatstream.it.baddays.Caller.answer(chat); }
            }
            """,
            "loaded/Alone.java",
            "package loaded; public class Alone {}");

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path folder;

    @Test
    void whateverALoaderDoesTheApplicationRunsAndWhatIsGuardedLateIsSaid() {
        Path classes = Compiler.compile(folder, SOURCES);
        PodPlan plan =
                Odds.patient(stage.plan()).mainClass(OddLoaders.class.getName()).arguments(classes.toString());
        Output with = Output.of(plan);
        assertThat(with.text()).as(with.stderr()).doesNotContain(", false").endsWith("loaded loaded.Alone\ndone\n");
        Odds.sameButForTheLock(with, Output.of(plan.withoutAgent()));
        assertThat(Odds.warnings(with))
                .hasSizeGreaterThanOrEqualTo(6)
                .allMatch(
                        line -> line.matches("loaded.(Child|Implementation) is guarded only now, some time after it was"
                                + " loaded, since the class file of loaded.(Base|Told) could not be read before: a call in between"
                                + " ran unguarded."));
    }
}
