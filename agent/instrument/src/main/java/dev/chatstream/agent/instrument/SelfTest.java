package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Weaves a method of the agent's own and calls it: from the annotation in its bytes through the dispatcher to a guard that
 * only takes notes, and back. It runs within the load of the first class that is to be guarded, so nothing of it goes by
 * way of the JVM's transformers.
 */
final class SelfTest implements Workshop.Proof {

    private static final String SUBJECT = "dev/chatstream/agent/selftest/Subject";
    private static final String METHOD = "answer";
    private static final MethodType TYPE = MethodType.methodType(Object.class, Object.class);
    private static final String CHAT = "self-test";

    private final Finder finder;

    SelfTest(Finder finder) {
        this.finder = finder;
    }

    @Override
    public void of(Loom loom) throws Throwable {
        Notes notes = new Notes();
        SubjectLoader loader = new SubjectLoader();
        byte[] woven = finder.weave(loader, SUBJECT, subject(), notes, loom);
        if (woven == null) {
            throw new IllegalStateException("the annotated method was not found");
        }
        Class<?> subject = loader.define(woven);
        Object answer =
                MethodHandles.publicLookup().findStatic(subject, METHOD, TYPE).invoke((Object) CHAT);
        List<String> expected = List.of("enter " + CHAT, "leave");
        if (!expected.equals(notes.taken) || !CHAT.equals(answer)) {
            throw new IllegalStateException(
                    "expected " + expected + ", and noted " + notes.taken + "; answer " + answer);
        }
    }

    /** {@code @ChatStream(chatId = "#p0") public static Object answer(Object chat) { return chat; }}. */
    private static byte[] subject() {
        ClassWriter type = new ClassWriter(0);
        type.visit(
                Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, SUBJECT, null, "java/lang/Object", new String[0]);
        MethodVisitor method = type.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, METHOD, TYPE.toMethodDescriptorString(), null, null);
        AnnotationVisitor annotation = method.visitAnnotation(Api.ANNOTATION, true);
        annotation.visit("chatId", "#p0");
        annotation.visitEnd();
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(1, 1);
        method.visitEnd();
        type.visitEnd();
        return type.toByteArray();
    }

    /** Its class is woven by the self-test itself, and is none of the application's. */
    static final class SubjectLoader extends ClassLoader {
        SubjectLoader() {
            super("chatstream-self-test", ClassLoader.getPlatformClassLoader());
        }

        Class<?> define(byte[] file) {
            return defineClass(SUBJECT.replace('/', '.'), file, 0, file.length);
        }
    }

    /** A guard that lets everything in and takes notes. */
    private static final class Notes implements Guard, Entry.Entered {
        private final List<String> taken = new ArrayList<>();

        @Override
        public Entry enter(Call call) {
            taken.add("enter " + call.chatId());
            return this;
        }

        @Override
        public void leave() {
            taken.add("leave");
        }

        @Override
        public void fail() {
            taken.add("fail");
        }

        @Override
        public GuardedStream stream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Entry.Member member() {
            throw new UnsupportedOperationException();
        }
    }
}
