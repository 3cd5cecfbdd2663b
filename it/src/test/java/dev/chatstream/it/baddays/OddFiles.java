package dev.chatstream.it.baddays;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Attribute;
import net.bytebuddy.jar.asm.ByteVector;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** A class file with static methods that answer as {@link Caller} does, written byte by byte as no javac would. */
final class OddFiles {

    static final String ASK = "(Ljava/lang/String;)Ljava/lang/String;";

    private static final String ANNOTATION = "Ldev/chatstream/ChatStream;";
    private static final int STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

    private final ClassWriter writer = new ClassWriter(0);
    private final String name;

    OddFiles(String name, int version) {
        this.name = name;
        writer.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, "java/lang/Object", null);
    }

    /** Annotated, without any table that tells its parameter's name. */
    OddFiles method(String method, String descriptor) {
        MethodVisitor code = annotated(method, descriptor);
        answering(code);
        code.visitMaxs(1, 1);
        code.visitEnd();
        return this;
    }

    /** Not annotated, and with no instruction that such old class files do not have. */
    OddFiles plainMethod(String method) {
        MethodVisitor code = writer.visitMethod(STATIC, method, ASK, null, null);
        code.visitCode();
        answering(code);
        code.visitMaxs(1, 1);
        code.visitEnd();
        return this;
    }

    /** With a subroutine, as compilers before Java 6 made of {@code finally}. */
    OddFiles subroutine(String method) {
        MethodVisitor code = writer.visitMethod(STATIC, method, ASK, null, null);
        code.visitCode();
        Label routine = new Label();
        code.visitJumpInsn(Opcodes.JSR, routine);
        answering(code);
        code.visitLabel(routine);
        code.visitVarInsn(Opcodes.ASTORE, 1);
        code.visitVarInsn(Opcodes.RET, 1);
        code.visitMaxs(1, 2);
        code.visitEnd();
        return this;
    }

    /** Answers a number where it says that it answers a text. */
    OddFiles unverifiable() {
        MethodVisitor code = writer.visitMethod(STATIC, "unverifiable", ASK, null, null);
        code.visitCode();
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(1, 1);
        code.visitEnd();
        return this;
    }

    /** Annotated; its frame tells of variables and a stack that are not there. */
    OddFiles invalidFrame(String method) {
        MethodVisitor code = annotated(method, ASK);
        Label end = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitJumpInsn(Opcodes.IFNONNULL, end);
        code.visitInsn(Opcodes.NOP);
        code.visitLabel(end);
        Object[] locals = {Opcodes.LONG, "no/such/Type", Opcodes.UNINITIALIZED_THIS, Opcodes.TOP};
        code.visitFrame(Opcodes.F_FULL, 4, locals, 3, new Object[] {Opcodes.NULL, Opcodes.DOUBLE, Opcodes.FLOAT});
        answering(code);
        code.visitMaxs(9, 9);
        code.visitEnd();
        return this;
    }

    /** Where its annotations should stand there is something else. */
    OddFiles garbageForAnnotations(String method, byte[] behindTheType) {
        MethodVisitor code = writer.visitMethod(STATIC, method, ASK, null, null);
        int type = writer.newUTF8(ANNOTATION);
        code.visitAttribute(new Garbage(type, behindTheType));
        code.visitCode();
        answering(code);
        code.visitMaxs(1, 1);
        code.visitEnd();
        return this;
    }

    private static final class Garbage extends Attribute {
        private final int type;
        private final byte[] rest;

        Garbage(int type, byte[] rest) {
            super("RuntimeVisibleAnnotations");
            this.type = type;
            this.rest = rest;
        }

        @Override
        protected ByteVector write(ClassWriter writer, byte[] code, int length, int maxStack, int maxLocals) {
            return new ByteVector().putShort(1).putShort(type).putByteArray(rest, 0, rest.length);
        }
    }

    private MethodVisitor annotated(String method, String descriptor) {
        MethodVisitor code = writer.visitMethod(STATIC, method, descriptor, null, null);
        AnnotationVisitor annotation = code.visitAnnotation(ANNOTATION, true);
        annotation.visit("chatId", "#p0");
        annotation.visitEnd();
        code.visitCode();
        return code;
    }

    private static void answering(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Caller.class.getName().replace('.', '/'),
                "answer",
                "(Ljava/lang/Object;)Ljava/lang/String;",
                false);
        code.visitInsn(Opcodes.ARETURN);
    }

    byte[] bytes() {
        writer.visitEnd();
        return writer.toByteArray();
    }

    void writeTo(Path folder) throws IOException {
        write(folder, name, bytes());
    }

    /** As if a compiler of that major version had made it. */
    void writeTo(Path folder, int major, int minor) throws IOException {
        byte[] file = bytes();
        file[4] = (byte) (minor >>> 8);
        file[5] = (byte) minor;
        file[6] = (byte) (major >>> 8);
        file[7] = (byte) major;
        write(folder, name, file);
    }

    private static void write(Path folder, String name, byte[] file) throws IOException {
        Path path = folder.resolve(name + ".class");
        Files.createDirectories(path.getParent());
        Files.write(path, file);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
