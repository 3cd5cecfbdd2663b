package dev.chatstream.it.baddays;

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
    void x() {
        Path classes = Compiler.compile(folder, SOURCES);
        PodPlan plan = stage.plan().mainClass(OddLoaders.class.getName()).arguments(classes.toString());
        for (PodPlan p :
                java.util.List.of(plan.withoutAgent(), plan.with("methods", "loaded.Nothing#ask(#p0)"), plan)) {
            Output with = Output.of(p);
            System.out.println(with.text() + with.stderr());
        }
    }
}
