package dev.chatstream.agent.instrument;

import java.util.Arrays;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.TypePath;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The body of a guarded method, with a call of the dispatcher before it and one after it, however it ends:
 *
 * <pre>
 * Object token = ChatStreamDispatcher.enter(Owner.class, "name(descriptor)", this, arguments);
 * try {
 *     …                                                          // the body
 *     return (R) ChatStreamDispatcher.exit(token, value, null);  // at each of its returns
 * } catch (Throwable thrown) {                                   // from the body alone
 *     ChatStreamDispatcher.exit(token, null, thrown);
 *     throw thrown;
 * }
 * </pre>
 *
 * <p>A function of Kotlin's that suspends may have to wait for its chat. Its body is left out then: with a token that is a
 * {@code Supplier} it returns at once what {@code exit} answers. That is the one branch, and where the frame is known: that of
 * the method's beginning.
 *
 * <p>The token is in a slot behind all that the body takes, so that none of the body's instructions changes. Its frames are
 * continued up to there, also where they forget a parameter, as those of JDK proxies do. At a return nothing is known of what
 * lies on the stack below the value, hence no branch: the call stands in place, and is taken out of all ranges of
 * exceptions, the body's and ours.
 */
final class GuardedBody extends MethodVisitor {

    private static final String ENTER =
            "(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String EXIT = "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)Ljava/lang/Object;";

    private static final int OWN_SLOTS = 2;
    private static final int MOST_SLOTS = 0xFFFF;
    private static final int ENTER_STACK = 3 + WovenMethod.ARGUMENTS_STACK;
    private static final int EXIT_STACK = 3;

    private final WovenMethod method;
    private final boolean followsArguments;
    private final boolean mayWait;
    private final int token;
    private final ExceptionRanges ranges = new ExceptionRanges();

    /** @param followsArguments whether the body gets what the agent has put in the places of its arguments */
    GuardedBody(WovenMethod method, MethodVisitor writer, boolean followsArguments) {
        super(OpenedClassReader.ASM_API, writer);
        if (method.locals() + OWN_SLOTS > MOST_SLOTS) {
            throw new IllegalStateException(method.key() + " has no slot left for a local variable");
        }
        this.method = method;
        this.mayWait = MethodFile.suspends(method.descriptor());
        this.followsArguments = followsArguments || mayWait;
        this.token = method.locals();
    }

    @Override
    public void visitCode() {
        super.visitCode();
        int array = token + 1;
        if (followsArguments) {
            method.pushArguments(mv);
            mv.visitVarInsn(Opcodes.ASTORE, array);
        }
        method.pushOwner(mv);
        mv.visitLdcInsn(method.key());
        method.pushSelf(mv);
        if (followsArguments) {
            mv.visitVarInsn(Opcodes.ALOAD, array);
        } else {
            method.pushArguments(mv);
        }
        WovenMethod.call(mv, Api.DISPATCHER, "enter", ENTER);
        mv.visitVarInsn(Opcodes.ASTORE, token);
        if (followsArguments) {
            method.setArguments(mv, array);
        }
        if (mayWait) {
            returnIfItWaits();
        }
        mv.visitLabel(ranges.beginning());
    }

    private void returnIfItWaits() {
        Label body = new Label();
        mv.visitVarInsn(Opcodes.ALOAD, token);
        mv.visitTypeInsn(Opcodes.INSTANCEOF, "java/util/function/Supplier");
        mv.visitJumpInsn(Opcodes.IFEQ, body);
        mv.visitVarInsn(Opcodes.ALOAD, token);
        mv.visitInsn(Opcodes.ACONST_NULL);
        mv.visitInsn(Opcodes.ACONST_NULL);
        exit();
        mv.visitInsn(Opcodes.ARETURN);
        mv.visitLabel(body);
        if (method.hasFrames()) {
            Object[] parameters = method.frame().toArray();
            visitFrame(Opcodes.F_NEW, parameters.length, parameters, 0, new Object[0]);
            mv.visitInsn(Opcodes.NOP); // the body's own first instruction may have a frame too
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
            super.visitInsn(opcode);
            return;
        }
        Label before = here();
        mv.visitVarInsn(Opcodes.ALOAD, token);
        if (opcode == Opcodes.ARETURN) {
            mv.visitInsn(Opcodes.SWAP);
            mv.visitInsn(Opcodes.ACONST_NULL);
            exit();
            WovenMethod.cast(mv, method.returned());
        } else {
            mv.visitInsn(Opcodes.ACONST_NULL);
            mv.visitInsn(Opcodes.ACONST_NULL);
            exit();
            mv.visitInsn(Opcodes.POP);
        }
        Label after = here();
        super.visitInsn(opcode);
        ranges.leaveOut(before, after, here());
    }

    private void exit() {
        WovenMethod.call(mv, Api.DISPATCHER, "exit", EXIT);
    }

    private Label here() {
        Label label = new Label();
        mv.visitLabel(label);
        return label;
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        ranges.add(start, end, handler, type);
    }

    /** Gone: it names a range by its number, which is another now, and nothing in the JVM reads it. */
    @Override
    public @Nullable AnnotationVisitor visitTryCatchAnnotation(
            int typeRef, @Nullable TypePath typePath, String descriptor, boolean visible) {
        return null;
    }

    /** All come expanded, as the reader was asked for. */
    @Override
    public void visitFrame(int type, int count, Object[] locals, int stackCount, Object[] stack) {
        int slots = 0;
        for (int i = 0; i < count; i++) {
            slots += Opcodes.LONG.equals(locals[i]) || Opcodes.DOUBLE.equals(locals[i]) ? 2 : 1;
        }
        Object[] more = Arrays.copyOf(locals, count + token - slots + 1);
        keep(more, count);
        super.visitFrame(type, more.length, more, stackCount, stack);
    }

    /** The token in the last slot, nothing from {@code first} up to there. */
    private static void keep(Object[] locals, int first) {
        Arrays.fill(locals, first, locals.length - 1, Opcodes.TOP);
        locals[locals.length - 1] = "java/lang/Object";
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        Label handler = here();
        if (method.hasFrames()) {
            Object[] locals = new Object[token + 1];
            keep(locals, 0);
            super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
        }
        mv.visitInsn(Opcodes.DUP);
        mv.visitVarInsn(Opcodes.ALOAD, token);
        mv.visitInsn(Opcodes.SWAP);
        mv.visitInsn(Opcodes.ACONST_NULL);
        mv.visitInsn(Opcodes.SWAP);
        exit();
        mv.visitInsn(Opcodes.POP);
        mv.visitInsn(Opcodes.ATHROW);
        ranges.write(mv, handler);
        super.visitMaxs(Math.max(maxStack + EXIT_STACK, ENTER_STACK), maxLocals + OWN_SLOTS);
    }
}
