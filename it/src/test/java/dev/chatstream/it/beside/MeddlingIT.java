package dev.chatstream.it.beside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.beside.OtherAgents.Order;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

@DisplayName("Beside an agent that transforms what we have woven")
class MeddlingIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    /** Theirs first: it begins before ours, which finds the classes loaded, and weaves them while they are transformed. */
    @ParameterizedTest
    @EnumSource
    void everyCallIsGuardedAndNoneTwice(Order order) throws IOException {
        String argument = order == Order.THEIRS_FIRST ? "early" : "";
        Output output = Output.of(OtherAgents.beside(
                stage.plan().mainClass("dev.chatstream.it.beside.MeddledApp"), jar(), argument, order));

        assertThat(output.code()).as(output.stderr()).isZero();
        assertThat(answers(output, "unguarded"))
                .as("at the end of the calls, and after a redefinition by what is woven")
                .containsExactly("0", "0");
        assertThat(answers(output, "together")).as("in one chat").containsExactly("0");
        assertThat(answers(output, "failures")).containsExactly("[]");
        assertThat(Integer.parseInt(answers(output, "done").getFirst())).isPositive();
        if (order == Order.OURS_FIRST) { // an agent sees what those before it have made
            assertThat(answers(output, "bytes").stream().map(MeddlingIT::woven))
                    .hasSameSizeAs(MeddledChats.TYPES)
                    .containsOnly(List.of("ask"));
        }
        assertThat(output.errors()).noneMatch(line -> line.contains("unguarded") || line.contains("own error"));
    }

    /** The methods that enter a stream, each as often as it does. */
    private static List<String> woven(String bytes) {
        List<String> methods = new ArrayList<>();
        ClassVisitor reading = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String method, String descriptor, String signature, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitMethodInsn(
                            int opcode, String owner, String name, String type, boolean isInterface) {
                        if (owner.equals("java/lang/ChatStreamDispatcher") && name.equals("enter")) {
                            methods.add(method);
                        }
                    }
                };
            }
        };
        new ClassReader(Base64.getDecoder().decode(bytes)).accept(reading, 0);
        return methods;
    }

    /** Its class is on the application's class path already. */
    private Path jar() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", "dev.chatstream.it.beside.Meddler");
        main.putValue("Can-Retransform-Classes", "true");
        main.putValue("Can-Redefine-Classes", "true");
        Path jar = directory.resolve("meddler.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.finish();
        }
        return jar;
    }

    private static List<String> answers(Output output, String what) {
        String beginning = "app: " + what + " ";
        return output.text()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .toList();
    }
}
