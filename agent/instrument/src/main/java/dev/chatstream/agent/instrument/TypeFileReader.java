package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Collects a {@link TypeFile}. */
final class TypeFileReader extends ClassVisitor {

    private final List<MethodFile> methods = new ArrayList<>();
    private String name = "";
    private int access;
    private @Nullable String superName;
    private List<String> interfaces = List.of();

    TypeFileReader() {
        super(OpenedClassReader.ASM_API);
    }

    TypeFile result() {
        return new TypeFile(name, access, superName, interfaces, methods);
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        this.access = access;
        this.name = name;
        this.superName = superName;
        this.interfaces = interfaces == null ? List.of() : List.of(interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return new MethodReader(access, name, descriptor, signature);
    }

    private final class MethodReader extends MethodVisitor {
        private final int access;
        private final String name;
        private final String descriptor;
        private final @Nullable String signature;
        private final List<String> declaredNames = new ArrayList<>(0);
        private final List<Integer> chatIds = new ArrayList<>(0);
        private final @Nullable String[] debugNames;
        private @Nullable Elements elements;
        private @Nullable String bridgedTo;
        private boolean isForwarder;
        private boolean isInlined;

        MethodReader(int access, String name, String descriptor, @Nullable String signature) {
            super(OpenedClassReader.ASM_API);
            this.access = access;
            this.name = name;
            this.descriptor = descriptor;
            this.signature = signature;
            this.debugNames = new String[Type.getArgumentCount(descriptor)];
        }

        @Override
        public void visitParameter(@Nullable String name, int access) {
            declaredNames.add(name == null ? "" : name);
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            if (!descriptor.equals(Api.ANNOTATION)) {
                return null;
            }
            Elements read = new Elements();
            elements = read;
            return read.reader();
        }

        @Override
        public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String descriptor, boolean visible) {
            if (descriptor.equals(Api.CHAT_ID)) {
                chatIds.add(parameter);
            }
            return null;
        }

        /**
         * A bridge calls what it bridges to, which has its name. The static methods of a Scala object only forward to those of
         * its module class, and bear copies of their annotations.
         */
        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String descriptor, boolean isInterface) {
            if ((access & Opcodes.ACC_BRIDGE) != 0 && called.equals(name) && bridgedTo == null) {
                bridgedTo = called + descriptor;
            }
            isForwarder |= (access & Opcodes.ACC_STATIC) != 0
                    && called.equals(name)
                    && descriptor.equals(this.descriptor)
                    && owner.equals(TypeFileReader.this.name + '$');
        }

        @Override
        public void visitLocalVariable(
                String name, String descriptor, @Nullable String signature, Label start, Label end, int slot) {
            isInlined |= name.equals("$i$f$" + this.name); // by which debuggers know such functions
            int parameter = parameterAt(slot);
            if (parameter >= 0 && debugNames[parameter] == null) {
                debugNames[parameter] = name;
            }
        }

        /** The number of the parameter that begins at a slot; -1: none. Longs and doubles take two slots. */
        private int parameterAt(int slot) {
            Type[] types = Type.getArgumentTypes(descriptor);
            int at = (access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
            for (int i = 0; i < types.length; i++) {
                if (at == slot) {
                    return i;
                }
                at += types[i].getSize();
            }
            return -1;
        }

        @Override
        public void visitEnd() {
            methods.add(new MethodFile(
                    TypeFileReader.this.name,
                    isForwarder ? access | Opcodes.ACC_SYNTHETIC : access,
                    name,
                    descriptor,
                    signature,
                    elements,
                    names(),
                    chatIds,
                    bridgedTo,
                    isInlined));
        }

        /** From {@code -parameters}, else from the debug table; a name that neither tells is empty. */
        private @Nullable List<String> names() {
            List<String> names = new ArrayList<>(debugNames.length);
            boolean any = debugNames.length == 0;
            for (int i = 0; i < debugNames.length; i++) {
                String declared = declaredNames.size() == debugNames.length ? declaredNames.get(i) : "";
                String name = declared.isEmpty() ? debugNames[i] : declared;
                names.add(name == null ? "" : name);
                any |= name != null;
            }
            return any ? names : null;
        }
    }
}
