package dev.chatstream.agent.instrument;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/** The body of a method that asks the agent, at each of its returns, for what it is to return. */
abstract class AnsweredBody extends MethodVisitor {

    private final int stack;

    private AnsweredBody(MethodVisitor writer, int stack) {
        super(OpenedClassReader.ASM_API, writer);
        this.stack = stack;
    }

    /** In place of the answer on top of the stack. */
    abstract void answer();

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.ARETURN) {
            answer();
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + stack, maxLocals);
    }

    /** Every copy of the API's seam, {@code dev.chatstream.Bridge.call}: the agent's answer is returned. */
    static final class OfBridge extends AnsweredBody {

        private static final String BRIDGE =
                "(Ljava/lang/String;Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;";

        OfBridge(MethodVisitor writer) {
            super(writer, 3);
        }

        @Override
        void answer() {
            mv.visitInsn(Opcodes.POP);
            for (int argument = 0; argument < 3; argument++) {
                mv.visitVarInsn(Opcodes.ALOAD, argument);
            }
            WovenMethod.call(mv, Api.DISPATCHER, "bridge", BRIDGE);
        }
    }

    /** A web framework's own method, which goes on with what it has found unless the agent knows something better. */
    static final class OfFramework extends AnsweredBody {

        private static final String ANSWER =
                "(Ljava/lang/Object;Ljava/lang/Class;Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/Object;";

        private final WovenMethod method;

        OfFramework(WovenMethod method, MethodVisitor writer) {
            super(writer, 2 + WovenMethod.ARGUMENTS_STACK);
            this.method = method;
        }

        @Override
        void answer() {
            method.pushOwner(mv);
            mv.visitLdcInsn(method.key());
            method.pushArguments(mv);
            WovenMethod.call(mv, Api.DISPATCHER, "answer", ANSWER);
            WovenMethod.cast(mv, method.returned());
        }
    }
}
