package dev.chatstream.agent.instrument;

import java.util.function.Consumer;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Class files that no Java compiler makes. */
final class Files {

    private Files() {}

    /** A class whose constructor carries the annotation. */
    static byte[] annotatedConstructor(String name) {
        return type(name, type -> {
            MethodVisitor method = type.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
            annotate(method.visitAnnotation(Api.ANNOTATION, true), "");
            method.visitCode();
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            method.visitInsn(Opcodes.RETURN);
            method.visitMaxs(1, 1);
            method.visitEnd();
        });
    }

    /** {@code public static Object ask(Object chat)}, annotated, whose body is as long as the JVM allows. */
    static byte[] longMethod(String name) {
        return type(name, type -> longBody(annotatedMethod(type, "#p0")));
    }

    /** The same, without an annotation. */
    static byte[] longPlainMethod(String name) {
        return type(
                name,
                type -> longBody(type.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                        "ask",
                        "(Ljava/lang/Object;)Ljava/lang/Object;",
                        null,
                        null)));
    }

    private static void longBody(MethodVisitor method) {
        for (int i = 0; i < 65_530; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        end(method);
    }

    /** {@code public static Object ask(Object chat) { return chat; }}, annotated with this chat id. */
    static byte[] asking(String name, String chatId) {
        return type(name, type -> end(annotatedMethod(type, chatId)));
    }

    /** The same, with elements and constants of an API that is newer than the agent. */
    static byte[] ofANewerApi(String name) {
        return type(name, type -> {
            MethodVisitor method = type.visitMethod(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                    "ask",
                    "(Ljava/lang/Object;)Ljava/lang/Object;",
                    null,
                    null);
            AnnotationVisitor annotation = method.visitAnnotation(Api.ANNOTATION, true);
            annotation.visit("chatId", "#p0");
            annotation.visit("priority", 7);
            annotation.visitEnum("onBusy", "Ldev/chatstream/OnBusy;", "NEGOTIATE");
            annotation.visitArray("groups").visitEnd();
            annotation.visitEnd();
            end(method);
        });
    }

    /** The same, whose class has another guarded method, with a type that no loader knows. */
    static byte[] withAMissingType(String name) {
        return type(name, type -> {
            end(annotatedMethod(type, "#p0"));
            MethodVisitor method = type.visitMethod(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                    "other",
                    "(Lmissing/Parameter;)Lmissing/Returned;",
                    null,
                    new String[] {"missing/Thrown"});
            annotate(method.visitAnnotation(Api.ANNOTATION, true), "#p0.id");
            method.visitCode();
            method.visitInsn(Opcodes.ACONST_NULL);
            method.visitInsn(Opcodes.ARETURN);
            method.visitMaxs(1, 1);
            method.visitEnd();
        });
    }

    /** As {@link #asking}, in the class file format of an older Java. */
    static byte[] ofVersion(int version, String name) {
        return type(version, name, type -> end(annotatedMethod(type, "#p0")));
    }

    /** {@code public static Object ask(Object chat)}, annotated, with this body. */
    static byte[] withBody(int version, String name, Consumer<MethodVisitor> body) {
        return type(version, name, type -> {
            MethodVisitor method = annotatedMethod(type, "#p0");
            method.visitCode();
            body.accept(method);
            method.visitEnd();
        });
    }

    /** {@code public static void ask(Object a, long b, Object c, long d, …)}: as many parameters as the JVM allows, and a full stack. */
    static byte[] withManyParameters(String name, int pairs) {
        return type(name, type -> {
            MethodVisitor method = type.visitMethod(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                    "ask",
                    "(" + "Ljava/lang/Object;J".repeat(pairs) + ")V",
                    null,
                    null);
            annotate(
                    method.visitAnnotation(Api.ANNOTATION, true),
                    "#p" + (2 * pairs - 2) + " + '/' + #p" + (2 * pairs - 1));
            method.visitCode();
            for (int i = 0; i < 9; i++) {
                method.visitInsn(Opcodes.ACONST_NULL);
            }
            method.visitInsn(Opcodes.RETURN);
            method.visitMaxs(9, 3 * pairs);
            method.visitEnd();
        });
    }

    /** {@code public static suspend fun ask(chat: Any, number: Long): Long}, as Kotlin compiles it: with this body. */
    static byte[] suspending(String name, Consumer<MethodVisitor> body) {
        return type(name, type -> {
            MethodVisitor method = type.visitMethod(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                    "ask",
                    "(Ljava/lang/Object;JLkotlin/coroutines/Continuation;)Ljava/lang/Object;",
                    null,
                    null);
            annotate(method.visitAnnotation(Api.ANNOTATION, true), "#p0");
            method.visitCode();
            body.accept(method);
            method.visitEnd();
        });
    }

    /**
     * As {@link #asking}, with the name of its parameter.
     *
     * @param declared as {@code -parameters} tells it; null: it does not
     * @param debug as the debug table tells it; null: it does not
     */
    static byte[] naming(String name, String chatId, @Nullable String declared, @Nullable String debug) {
        return type(name, type -> {
            MethodVisitor method = type.visitMethod(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                    "ask",
                    "(Ljava/lang/Object;)Ljava/lang/Object;",
                    null,
                    null);
            if (declared != null) {
                method.visitParameter(declared, 0);
            }
            annotate(method.visitAnnotation(Api.ANNOTATION, true), chatId);
            Label start = new Label();
            Label end = new Label();
            method.visitCode();
            method.visitLabel(start);
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitInsn(Opcodes.ARETURN);
            method.visitLabel(end);
            if (debug != null) {
                method.visitLocalVariable(debug, "Ljava/lang/Object;", null, start, end, 0);
            }
            method.visitMaxs(1, 1);
            method.visitEnd();
        });
    }

    private static MethodVisitor annotatedMethod(ClassWriter type, String chatId) {
        MethodVisitor method = type.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "ask", "(Ljava/lang/Object;)Ljava/lang/Object;", null, null);
        annotate(method.visitAnnotation(Api.ANNOTATION, true), chatId);
        return method;
    }

    private static void end(MethodVisitor method) {
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(1, 1);
        method.visitEnd();
    }

    private static void annotate(AnnotationVisitor annotation, String chatId) {
        annotation.visit("chatId", chatId);
        annotation.visitEnd();
    }

    private static byte[] type(String name, Consumer<ClassWriter> members) {
        return type(Opcodes.V17, name, members);
    }

    private static byte[] type(int version, String name, Consumer<ClassWriter> members) {
        ClassWriter type = new ClassWriter(0);
        type.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, "java/lang/Object", new String[0]);
        members.accept(type);
        type.visitEnd();
        return type.toByteArray();
    }
}
