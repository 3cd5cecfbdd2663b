package dev.chatstream.it.baddays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
    private static final String UNREADABLE =
            "%s cannot be woven, and runs unguarded: its class file cannot be parsed (";

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path folder;

    private PodPlan plan = PodPlan.bare();

    @BeforeEach
    void plan() {
        plan = Odds.patient(stage.plan()).classPath(List.of(folder)).mainClass(Caller.class.getName());
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
        new OddFiles("odd/Unverifiable", Opcodes.V21)
                .method("ask", OddFiles.ASK)
                .unverifiable()
                .writeTo(folder);
        PodPlan all = plan.with("methods", "odd.Old#ask(#p0)|odd.Old#back(#p0)|odd.Oldest#ask(#p0)")
                .flags("--enable-preview")
                .arguments(
                        "odd.Later",
                        "odd.Preview",
                        "odd.Old",
                        "odd.Oldest",
                        "odd.1 - if",
                        "odd.Truncated",
                        "odd.Garbage",
                        "odd.Unverifiable");
        Output with = Output.of(all);
        assertThat(with.text().lines().filter(line -> line.endsWith(", true"))).hasSize(8);
        assertThat(with.text())
                .contains(
                        "odd.Later: java.lang.UnsupportedClassVersionError", "odd.Unverifiable: java.lang.VerifyError");
        Odds.sameButForTheLock(with, Output.of(all.withoutAgent()));
        assertThat(Odds.warnings(with))
                .satisfiesExactly(
                        later -> assertThat(later).matches(later("odd.Later")),
                        truncated -> assertThat(truncated).startsWith(UNREADABLE.formatted("odd.Truncated")),
                        garbage -> assertThat(garbage).startsWith(UNREADABLE.formatted("odd.Garbage")));
    }

    private static String later(String type) {
        return type
                + " cannot be woven, and runs unguarded: its class file is of Java 55, and this version of ChatStream"
                + " knows them up to Java \\d+: take a newer one.";
    }

    @Test
    void onAJvmOfLaterClassFilesTheyRunUnguardedWithALineAndGuardedWhereTheLibraryIsTold() throws IOException {
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
                    public String ask(String chat) { return "grandchild " + dev.chatstream.it.baddays.Caller.answer(chat); }
                }
                """));
        Path base = classes.resolve("odd/Base.class");
        byte[] file = Files.readAllBytes(base);
        file[7] = Rejuvenating.FAR;
        Files.write(base, file);
        Path other = OtherAgent.jar(folder, Rejuvenating.class);
        PodPlan family = plan.classPath(List.of(classes)).arguments("odd.Child", "odd.Grandchild", "odd.Base");
        Output with = Output.of(family.agents(AgentJar.path(), other));
        Output without = Output.of(family.agents(other));
        assertThat(with.text()).isEqualTo(without.text()).contains(": child answered", ": grandchild answered");
        assertThat(Odds.warnings(with)).singleElement().asString().matches(later("odd.Base"));
        Output told = Output.of(family.agents(AgentJar.path(), other)
                .flags("-Ddev.chatstream.agent.shaded.net.bytebuddy.experimental=true"));
        Odds.sameButForTheLock(told, without);
        assertThat(told.text()).as(told.stderr()).doesNotContain(", false\n");
        assertThat(Odds.warnings(told)).isEmpty();
    }

    /** Java 25 verifies what any agent changes, under -XX:-BytecodeVerificationRemote (or -Xverify:none) too; 21 does not. */
    @Test
    void whatFailsVerificationFailsWithoutTheAgentToo() throws IOException {
        new OddFiles("odd/Frames", Opcodes.V21).invalidFrame("ask").writeTo(folder);
        PodPlan frames = plan.arguments("odd.Frames");
        String error = "odd.Frames: java.lang.VerifyError: Inconsistent stackmap frames at branch target ";
        assertThat(Output.of(frames).text()).startsWith(error);
        assertThat(Output.of(frames.withoutAgent()).text()).startsWith(error);
        assumeThat(JavaHomes.versionOf(JavaHomes.ofPods()))
                .as("the version of Java, where one that verifies what agents change is needed")
                .isGreaterThanOrEqualTo(25);
        PodPlan lax = frames.flags("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote");
        assertThat(Output.of(lax).text()).startsWith(error);
        assertThat(Output.of(lax.withoutAgent()).text()).contains("answered chat of odd.Frames, false");
    }
}
