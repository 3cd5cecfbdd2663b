package dev.chatstream.it.baddays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.OtherAgent;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A hundred threads load classes from the first moment on: it ends, and everything that should be is guarded. */
class HundredThreadsIT {

    private static final int FAMILIES = 300;
    private static final int GUARDED_EVERY = 10;
    private static final int LOADERS = 4;
    private static final int TASKS = 2 * LOADERS * FAMILIES;

    private static final String METHOD =
            " public String ask(String chat) { return dev.chatstream.it.baddays.Caller.answer(chat); } ";
    private static final String ANNOTATION = "@dev.chatstream.ChatStream(chatId = \"#p0\")";

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path folder;

    private PodPlan plan = PodPlan.bare();

    /** A family: two that inherit an annotation, one that inherits the method that a rule names, one that is none of these. */
    private static Map<String, String> sources(String annotation) {
        return Map.of(
                "family/Base.java",
                "package family; public class Base { " + annotation + " public String ask(String c) { return null; } }",
                "family/Child.java",
                "package family; public class Child extends Base { @Override" + METHOD + "}",
                "family/Told.java",
                "package family; public interface Told { " + annotation + " String ask(String chat); }",
                "family/Implementation.java",
                "package family; public class Implementation implements Told { @Override" + METHOD + "}",
                "family/Testator.java",
                "package family; public class Testator {" + METHOD + "}",
                "family/Heir.java",
                "package family; public class Heir extends Testator {}",
                "family/Plain.java",
                "package family; public class Plain { int number; }");
    }

    @BeforeEach
    void families() throws IOException {
        Path guarded = Compiler.compile(folder, sources(ANNOTATION));
        Path others = Compiler.compile(folder, sources(""));
        Path all = folder.resolve("families");
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < FAMILIES; i++) {
            boolean isGuarded = i % GUARDED_EVERY == 0;
            copy(isGuarded ? guarded : others, all, "g" + i);
            if (isGuarded) {
                rules.add("g" + i + ".Heir#ask(#p0)");
            }
        }
        Path file = Files.write(folder.resolve("rules"), rules);
        plan = Odds.patient(stage.plan())
                .with("methods-file", file.toString())
                .mainClass(HundredThreads.class.getName())
                .arguments(all.toString(), Integer.toString(FAMILIES), Integer.toString(GUARDED_EVERY));
    }

    private static void copy(Path from, Path to, String name) throws IOException {
        Path family = Files.createDirectories(to.resolve(name));
        try (Stream<Path> files = Files.list(from.resolve("family"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                ClassWriter writer = new ClassWriter(0);
                ClassRemapper remapper = new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                    @Override
                    public String map(String type) {
                        return type.replace("family/", name + "/");
                    }
                });
                new ClassReader(Files.readAllBytes(file)).accept(remapper, 0);
                Files.write(family.resolve(file.getFileName().toString()), writer.toByteArray());
            }
        }
    }

    private static void isDone(Output output) {
        assertThat(output.text())
                .as(output.stderr())
                .isEqualTo("loaded " + 4 * TASKS + ", guarded calls " + 3 * TASKS / GUARDED_EVERY + ", wrong {}\n");
        assertThat(output.code()).isZero();
        assertThat(output.errors()).noneMatch(line -> line.matches(".* (WARN|ERROR) .*"));
    }

    @Test
    void everythingIsGuarded() {
        isDone(Output.of(plan));
    }

    @Test
    void soItIsBesideAnAgentThatLocksAndLoadsWhileOursIsLoaded() throws IOException {
        Path other = OtherAgent.jar(folder, Meddling.class, Meddling.class.getName() + "$Own");
        isDone(Output.of(plan.agents(other, AgentJar.path())));
        isDone(Output.of(plan.agents(AgentJar.path(), other)));
    }
}
