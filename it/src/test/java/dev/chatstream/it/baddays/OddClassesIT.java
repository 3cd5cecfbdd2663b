package dev.chatstream.it.baddays;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.JavaHomes;
import dev.chatstream.it.harness.OtherAgent;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Class files that no compiler of today writes. */
class OddClassesIT {

    private static final int FIRST_MAJOR = 44;
    private static final int PREVIEW = 0xFFFF;

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path folder;

    private PodPlan plan = PodPlan.bare();

    @BeforeEach
    void plan() {
        plan = stage.plan().classPath(List.of(folder)).mainClass(Caller.class.getName());
    }

    private static int ofThisJvm() {
        return FIRST_MAJOR + JavaHomes.versionOf(JavaHomes.ofPods());
    }

    @Test
    void whateverTheClassFileTheApplicationDoesWhatItDoesWithoutTheAgent() throws IOException {
        new OddFiles("odd/Later", Opcodes.V21).method("ask", OddFiles.ASK).writeTo(folder, 99, 0);
        new OddFiles("odd/Preview", Opcodes.V21).method("ask", OddFiles.ASK).writeTo(folder, ofThisJvm(), PREVIEW);
        new OddFiles("odd/Old", Opcodes.V1_4)
                .plainMethod("ask")
                .subroutine("back")
                .writeTo(folder);
        new OddFiles("odd/Oldest", Opcodes.V1_1).plainMethod("ask").writeTo(folder);
        new OddFiles("odd/1 - if", Opcodes.V21)
                .method("a b-c", OddFiles.ASK)
                .method("if", OddFiles.ASK)
                .method("if", "(Ljava/lang/Object;)Ljava/lang/String;")
                .method("if", "(Ljava/lang/Object;)Ljava/lang/Object;")
                .writeTo(folder);
        new OddFiles("odd/Truncated", Opcodes.V21)
                .garbageForAnnotations("ask", new byte[] {0, 9})
                .writeTo(folder);
        new OddFiles("odd/Garbage", Opcodes.V21)
                .garbageForAnnotations("ask", new byte[] {0, 1, 0, 1, '?', 0, 0})
                .writeTo(folder);
        new OddFiles("odd/Frames", Opcodes.V21).invalidFrame("ask").writeTo(folder);
        new OddFiles("odd/Unverifiable", Opcodes.V21)
                .method("ask", OddFiles.ASK)
                .unverifiable()
                .writeTo(folder);
        plan = plan.with("methods", "odd.Old#ask(#p0)|odd.Old#back(#p0)|odd.Oldest#ask(#p0)")
                .flags("--enable-preview", "-XX:+UnlockDiagnosticVMOptions")
                .arguments(
                        "odd.Later",
                        "odd.Preview",
                        "odd.Old",
                        "odd.Oldest",
                        "odd.1 - if",
                        "odd.Truncated",
                        "odd.Garbage",
                        "odd.Frames",
                        "odd.Unverifiable");
        Output with = Output.of(plan.flags("-XX:-BytecodeVerificationRemote"));
        System.out.println(with.text() + with.stderr());
        with = Output.of(plan);
        System.out.println(with.text() + with.stderr());
    }

    @Test
    void far() throws IOException {
        Path classes = Compiler.compile(
                folder, Map.of("odd/Base.java", """
                package odd;
                public class Base {
                    @dev.chatstream.ChatStream(chatId = "#p0")
                    public String ask(String chat) { return dev.chatstream.it.baddays.Caller.answer(chat); }
                }
                """, "odd/Child.java", """
                package odd;
                public class Child extends Base {
                    @Override
                    public String ask(String chat) { return "child " + dev.chatstream.it.baddays.Caller.answer(chat); }
                }
                """, "odd/Grandchild.java", """
                package odd;
                public class Grandchild extends Child {
                    @Override
                    public String ask(String chat) { return "child " + dev.chatstream.it.baddays.Caller.answer(chat); }
                }
                """));
        Path base = classes.resolve("odd/Base.class");
        byte[] file = Files.readAllBytes(base);
        file[7] = Rejuvenating.FAR;
        Files.write(base, file);
        plan = plan.classPath(List.of(classes))
                .arguments("odd.Child", "odd.Grandchild", "odd.Base")
                .agents(AgentJar.path(), OtherAgent.jar(folder, Rejuvenating.class));
        Output with = Output.of(plan);
        System.out.println(with.text() + with.stderr());
        with = Output.of(plan.flags("-Ddev.chatstream.agent.shaded.net.bytebuddy.experimental=true"));
        System.out.println(with.text() + with.stderr());
    }
}
