package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Weaving gets along")
class RobustnessTest {

    private final Woven woven = Woven.installed();
    private final Application application = new Application();

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void withOthersThatRetransform() throws Exception {
        Object methods = application.create("Methods");
        ClassFileTransformer other = new Other();
        Woven.INSTRUMENTATION.addTransformer(other, true);
        try {
            Woven.INSTRUMENTATION.retransformClasses(methods.getClass());
            Woven.INSTRUMENTATION.retransformClasses(methods.getClass());
        } finally {
            Woven.INSTRUMENTATION.removeTransformer(other);
        }
        assertThat(Application.call(methods, "plain", "c")).isEqualTo("plain c");
        assertThat(woven.engine.visits).hasSize(1);
        assertThat(woven.said())
                .as("each line once, however often the class passes")
                .hasSize(1);
    }

    @Test
    void withOthersThatRedefineWhatIsWoven() throws Exception {
        Object methods = application.create("Methods");
        Recorder recorder = new Recorder();
        Woven.INSTRUMENTATION.addTransformer(recorder, true);
        try {
            Woven.INSTRUMENTATION.retransformClasses(methods.getClass());
            Woven.INSTRUMENTATION.redefineClasses(
                    new java.lang.instrument.ClassDefinition(methods.getClass(), recorder.seen));
        } finally {
            Woven.INSTRUMENTATION.removeTransformer(recorder);
        }
        assertThat(Application.call(methods, "plain", "c")).isEqualTo("plain c");
        assertThat(woven.engine.visits)
                .as("guarded once, though the woven bytes came back")
                .hasSize(1);
    }

    @Test
    void withOthersThatDropParameterNames() throws Exception {
        application.give(
                Application.SUBJECTS + "Methods", withoutNames(Application.compiled(Application.SUBJECTS + "Methods")));
        assertThat(Application.call(application.create("Methods"), "plain", "c"))
                .isEqualTo("plain c");
        assertThat(woven.engine.only().call.chatId())
                .as("the class file has them")
                .isEqualTo("c");
    }

    @Test
    void withoutAnyParameterNames() throws Exception {
        Application silent = new Application(Application.class.getClassLoader(), false);
        silent.give(
                Application.SUBJECTS + "Methods", withoutNames(Application.compiled(Application.SUBJECTS + "Methods")));
        assertThat(Application.call(silent.create("Methods"), "plain", "c")).isEqualTo("plain c");
        assertThat(woven.engine.visits).isEmpty();
        assertThat(woven.said())
                .anySatisfy(line -> assertThat(line)
                        .contains("Methods#plain(String) is not guarded")
                        .contains("write #p0"));
    }

    @Test
    void withClassesThatCannotBeWoven() throws Exception {
        application.give("app.Long", Files.longMethod("app/Long"));
        assertThat(application
                        .loadClass("app.Long")
                        .getMethod("ask", Object.class)
                        .invoke(null, "c"))
                .isEqualTo("c");
        assertThat(woven.said())
                .singleElement()
                .asString()
                .startsWith("app.Long cannot be woven, and runs unguarded: ");
    }

    @Test
    void withTypesThatAreNotThere() throws Throwable {
        application.give("app.Optional", Files.withAMissingType("app/Optional"));
        // not by reflection, which would load the types of all methods
        Class<?> optional = application.loadClass("app.Optional");
        MethodHandle ask = MethodHandles.publicLookup()
                .findStatic(optional, "ask", MethodType.methodType(Object.class, Object.class));
        assertThat(ask.invoke((Object) "c")).isEqualTo("c");
        assertThat(woven.engine.visits).hasSize(1);
    }

    @Test
    void withClassFilesOfJava1_4() throws Exception {
        application.give("app.Old", Files.ofVersion(Opcodes.V1_4, "app/Old"));
        Object answer =
                application.loadClass("app.Old").getMethod("ask", Object.class).invoke(null, "c");
        assertThat(answer).isEqualTo("c");
        assertThat(woven.engine.visits).hasSize(1);
    }

    @Test
    void withBytesThatAreNoClassFile() {
        assertThat(ClassHead.of(new byte[0])).isNull();
        assertThat(ClassHead.of(new byte[] {1, 2, 3})).isNull();
        byte[] file = Application.compiled(Application.SUBJECTS + "Methods");
        for (int length = 0; length < file.length; length += 7) {
            byte[] truncated = java.util.Arrays.copyOf(file, length);
            ClassHead head = ClassHead.of(truncated);
            assertThat(head == null || head.superName() != null).isTrue();
        }
    }

    private static final class Other implements ClassFileTransformer {
        @Override
        public byte @Nullable [] transform(
                ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] file) {
            if (!name.endsWith("subjects/Methods")) {
                return null;
            }
            ClassReader reader = new ClassReader(file);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(
                    new ClassVisitor(Opcodes.ASM9, writer) {
                        @Override
                        public MethodVisitor visitMethod(
                                int access, String method, String descriptor, String signature, String[] exceptions) {
                            return new MethodVisitor(
                                    Opcodes.ASM9,
                                    super.visitMethod(access, method, descriptor, signature, exceptions)) {
                                @Override
                                public void visitCode() {
                                    super.visitCode();
                                    super.visitInsn(Opcodes.NOP);
                                }
                            };
                        }
                    },
                    0);
            return writer.toByteArray();
        }
    }

    private static final class Recorder implements ClassFileTransformer {
        private byte[] seen = {};

        @Override
        public byte @Nullable [] transform(
                ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] file) {
            if (name.endsWith("subjects/Methods")) {
                seen = file;
            }
            return null;
        }
    }

    private static byte[] withoutNames(byte @Nullable [] file) throws IOException {
        ClassReader reader = new ClassReader(file);
        ClassWriter writer = new ClassWriter(0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String method, String descriptor, String signature, String[] exceptions) {
                        return new MethodVisitor(
                                Opcodes.ASM9, super.visitMethod(access, method, descriptor, signature, exceptions)) {
                            @Override
                            public void visitParameter(String name, int access) {
                                // dropped
                            }

                            @Override
                            public void visitLocalVariable(
                                    String name, String type, String generic, Label start, Label end, int index) {
                                // dropped
                            }
                        };
                    }
                },
                0);
        return writer.toByteArray();
    }
}
