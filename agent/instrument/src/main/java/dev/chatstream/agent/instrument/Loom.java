package dev.chatstream.agent.instrument;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Weaves class files, with the ASM that Byte Buddy brings. Bodies of methods are extended, and no member is added or changed,
 * so that every JVM accepts the result for a class that is loaded already, and every later retransformation by whatever
 * agent. Looks at the one class file alone: no type that it mentions is read, much less loaded.
 *
 * <p>Byte Buddy's {@code Advice} does the same for any code that a user may write, with 740 classes that the thread which loads
 * the first guarded class has to wait for: a fifth of a second. What is put around a body here are two calls.
 */
final class Loom {

    /** What a method becomes. */
    private interface Pattern {
        MethodVisitor of(WovenMethod method, MethodVisitor writer);
    }

    /** The class with its methods woven as planned. */
    byte[] weave(String type, byte[] file, Plan plan) {
        return woven(type, file, plan.woven(), new Pattern() {
            @Override
            public MethodVisitor of(WovenMethod method, MethodVisitor writer) {
                return new GuardedBody(method, writer, plan.followsArguments(method.key()));
            }
        });
    }

    /** A copy of the API's seam, whose answer is the agent's. */
    byte[] weaveBridge(byte[] file) {
        return woven(Api.BRIDGE, file, List.of(Api.BRIDGE_METHOD), new Pattern() {
            @Override
            public MethodVisitor of(WovenMethod method, MethodVisitor writer) {
                return new AnsweredBody.OfBridge(writer);
            }
        });
    }

    /** A JAX-RS runtime's lookup of mappers; null: the class has no such method. */
    byte @Nullable [] weaveMapperLookup(String type, byte[] file) {
        List<String> known = LastResorts.methods(type);
        Map<String, Integer> locals = new Locals(known).of(file);
        return locals.isEmpty()
                ? null
                : woven(type, file, locals, new Pattern() {
                    @Override
                    public MethodVisitor of(WovenMethod method, MethodVisitor writer) {
                        return new AnsweredBody.OfFramework(method, writer);
                    }
                });
    }

    private static byte[] woven(String type, byte[] file, Collection<String> methods, Pattern pattern) {
        return woven(type, file, new Locals(methods).of(file), pattern);
    }

    private static byte[] woven(String type, byte[] file, Map<String, Integer> locals, Pattern pattern) {
        ClassReader reader = OpenedClassReader.of(file);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Weft(type, writer, locals, pattern), ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    /** All methods but those to be woven are copied as they are. */
    private static final class Weft extends ClassVisitor {
        private final String type;
        private final Map<String, Integer> locals;
        private final Pattern pattern;
        private int version;

        Weft(String type, ClassWriter writer, Map<String, Integer> locals, Pattern pattern) {
            super(OpenedClassReader.ASM_API, writer);
            this.type = type;
            this.locals = locals;
            this.pattern = pattern;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            this.version = version & 0xFFFF;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor body = super.visitMethod(access, name, descriptor, signature, exceptions);
            Integer taken = locals.get(name + descriptor);
            return taken == null
                    ? body
                    : pattern.of(new WovenMethod(type, version, access, name, descriptor, taken), body);
        }
    }

    /** How many slots for local variables the bodies of some methods take: a method's code tells it last, and is asked first. */
    private static final class Locals extends ClassVisitor {
        private final Collection<String> methods;
        private final Map<String, Integer> taken = new HashMap<>();

        Locals(Collection<String> methods) {
            super(OpenedClassReader.ASM_API);
            this.methods = methods;
        }

        Map<String, Integer> of(byte[] file) {
            OpenedClassReader.of(file).accept(this, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return taken;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            String key = name + descriptor;
            return methods.contains(key) ? new OfBody(key) : null;
        }

        private final class OfBody extends MethodVisitor {
            private final String key;

            OfBody(String key) {
                super(OpenedClassReader.ASM_API);
                this.key = key;
            }

            @Override
            public void visitMaxs(int maxStack, int maxLocals) {
                taken.put(key, maxLocals);
            }
        }
    }
}
