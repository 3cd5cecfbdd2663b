package dev.chatstream.agent.instrument;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Has a method of a framework leave out what it would write to the log of an abort, and nothing else: all that it does about
 * the exception, as cutting a response off, it still does. Each of its calls of a logger's {@code error} or {@code warn}, or
 * of a message of Undertow's, is linked by the dispatcher, which asks the agent and goes on with that very call, or not.
 */
final class AbortLines {

    private static final Handle LINK = new Handle(
            Opcodes.H_INVOKESTATIC,
            Api.DISPATCHER,
            "line",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "Ljava/lang/invoke/MethodHandle;)Ljava/lang/invoke/CallSite;",
            false);

    private static final String THROWABLE = "Ljava/lang/Throwable;";

    /** Of a logger that has a method for each message. */
    private static final String UNDERTOW_MESSAGE = "exceptionHandlingRequest";

    private AbortLines() {}

    /**
     * The class file without these lines; null: no such method is there, or none of its calls is one.
     *
     * @param methods by name and descriptor; a line is about the exception that its method is given, else about its own
     * @param which of the aborts, see {@link Aborts}
     */
    static byte @Nullable [] leftOut(byte[] file, List<String> methods, String which) {
        ClassReader reader = OpenedClassReader.of(file);
        ClassWriter writer = new ClassWriter(reader, 0);
        Methods found = new Methods(writer, methods, which);
        reader.accept(found, 0);
        return found.lines == 0 ? null : writer.toByteArray();
    }

    private static final class Methods extends ClassVisitor {
        private final List<String> wanted;
        private final String which;
        private boolean canLink;
        private int lines;

        Methods(ClassWriter writer, List<String> wanted, String which) {
            super(OpenedClassReader.ASM_API, writer);
            this.wanted = wanted;
            this.which = which;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            canLink = (version & 0xFFFF) >= Opcodes.V1_7;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            return canLink && wanted.contains(name + descriptor)
                    ? new Calls(method, this, exception(access, descriptor))
                    : method;
        }

        /** Where among the locals the exception is that it is given; -1: it is given none. */
        private static int exception(int access, String descriptor) {
            int at = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
            for (Type parameter : Type.getArgumentTypes(descriptor)) {
                String type = parameter.getDescriptor();
                if (type.equals(THROWABLE) || type.equals("Ljava/lang/Exception;")) {
                    return at;
                }
                at += parameter.getSize();
            }
            return -1;
        }
    }

    private static final class Calls extends MethodVisitor {
        private final Methods all;
        private final int exception;

        Calls(MethodVisitor writer, Methods all, int exception) {
            super(OpenedClassReader.ASM_API, writer);
            this.all = all;
            this.exception = exception;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            if (!isLine(opcode, name, descriptor)) {
                super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
                return;
            }
            all.lines++;
            if (exception < 0) {
                super.visitInsn(Opcodes.DUP);
            } else {
                super.visitVarInsn(Opcodes.ALOAD, exception);
            }
            int kind = ofInterface ? Opcodes.H_INVOKEINTERFACE : Opcodes.H_INVOKEVIRTUAL;
            super.visitInvokeDynamicInsn(
                    all.which,
                    "(L" + owner + ";" + descriptor.substring(1, descriptor.length() - 2) + THROWABLE + ")V",
                    LINK,
                    new Handle(kind, owner, name, descriptor, ofInterface));
        }

        private boolean isLine(int opcode, String name, String descriptor) {
            return (opcode == Opcodes.INVOKEINTERFACE || opcode == Opcodes.INVOKEVIRTUAL)
                    && (name.equals("error") || name.equals("warn") || name.equals(UNDERTOW_MESSAGE))
                    && descriptor.endsWith(")V")
                    && (exception >= 0 || descriptor.endsWith(THROWABLE + ")V"));
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 1, maxLocals);
        }
    }
}
