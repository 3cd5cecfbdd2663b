package dev.chatstream.agent.instrument;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Bodies of {@code static Object ask(Object chat)} that no Java compiler of today makes. */
final class OddBodies {

    private static final String THROWABLE = "java/lang/Throwable";

    private OddBodies() {}

    static void deepReturn(MethodVisitor code) {
        Label shallow = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitJumpInsn(Opcodes.IFNULL, shallow);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitInsn(Opcodes.LCONST_1);
        answerChat(code);
        code.visitLabel(shallow);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        answerChat(code);
        code.visitMaxs(4, 1);
    }

    static void catchesItsReturn(MethodVisitor code) {
        Label start = new Label();
        Label between = new Label();
        Label end = new Label();
        Label caught = new Label();
        code.visitTryCatchBlock(start, end, caught, THROWABLE);
        code.visitTryCatchBlock(between, end, caught, "java/lang/Error");
        code.visitLabel(start);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitLabel(between);
        code.visitInsn(Opcodes.ARETURN);
        code.visitLabel(end);
        code.visitLabel(caught);
        code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {THROWABLE});
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(1, 1);
    }

    static void loop(MethodVisitor code) {
        Label first = new Label();
        Label done = new Label();
        code.visitLabel(first);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitJumpInsn(Opcodes.IFNULL, done);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitVarInsn(Opcodes.ASTORE, 0);
        code.visitJumpInsn(Opcodes.GOTO, first);
        code.visitLabel(done);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        answerChat(code);
        code.visitMaxs(1, 1);
    }

    /** Of a function that suspends: goes back to its first instruction, and returns a number. */
    static void suspendingLoop(MethodVisitor code) {
        Label first = new Label();
        Label done = new Label();
        code.visitLabel(first);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitJumpInsn(Opcodes.IFNULL, done);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitVarInsn(Opcodes.ASTORE, 0);
        code.visitJumpInsn(Opcodes.GOTO, first);
        code.visitLabel(done);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitVarInsn(Opcodes.LLOAD, 1);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Long", "valueOf", "(J)Ljava/lang/Long;", false);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(2, 4);
    }

    static void forgetful(MethodVisitor code) {
        Label there = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitJumpInsn(Opcodes.IFNONNULL, there);
        code.visitLabel(there);
        code.visitFrame(Opcodes.F_FULL, 0, new Object[0], 0, new Object[0]);
        code.visitLdcInsn("forgotten");
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(1, 1);
    }

    static void farJump(MethodVisitor code) {
        Label near = new Label();
        Label far = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitJumpInsn(Opcodes.IFNONNULL, far);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitJumpInsn(Opcodes.IFNONNULL, near);
        answerChat(code);
        code.visitLabel(near);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        for (int i = 0; i < 32_755; i++) {
            code.visitInsn(Opcodes.NOP);
        }
        code.visitLabel(far);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        answerChat(code);
        code.visitMaxs(1, 1);
    }

    static void manyLocals(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ASTORE, 300);
        code.visitVarInsn(Opcodes.ALOAD, 300);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(1, 301);
    }

    static void allSlots(MethodVisitor code) {
        answerChat(code);
        code.visitMaxs(1, 0xFFFF);
    }

    static void noFrames(MethodVisitor code) {
        Label isNull = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitJumpInsn(Opcodes.IFNULL, isNull);
        answerChat(code);
        code.visitLabel(isNull);
        code.visitLdcInsn("null");
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(1, 1);
    }

    static void subroutine(MethodVisitor code) {
        Label subroutine = new Label();
        code.visitJumpInsn(Opcodes.JSR, subroutine);
        answerChat(code);
        code.visitLabel(subroutine);
        code.visitVarInsn(Opcodes.ASTORE, 1);
        code.visitVarInsn(Opcodes.RET, 1);
        code.visitMaxs(1, 2);
    }

    static void rethrowing(MethodVisitor code) {
        Label start = new Label();
        Label end = new Label();
        Label caught = new Label();
        code.visitTryCatchBlock(start, end, caught, "java/lang/ClassCastException");
        code.visitLabel(start);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Integer");
        code.visitInsn(Opcodes.ARETURN);
        code.visitLabel(end);
        code.visitLabel(caught);
        code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/ClassCastException"});
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(1, 1);
    }

    private static void answerChat(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitInsn(Opcodes.ARETURN);
    }
}
