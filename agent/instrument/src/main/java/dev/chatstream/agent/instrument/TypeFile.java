package dev.chatstream.agent.instrument;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * A class, as its file describes it. Parsed only for classes that have to do with guarded methods.
 *
 * @param name internal name, as the other names
 */
record TypeFile(
        String name, int access, @Nullable String superName, List<String> interfaces, List<MethodFile> methods) {

    /**
     * Reads what the JVM hands over.
     *
     * @throws UnreadableFile where it cannot be parsed, as that of a later Java; the JVM may run it all the same
     */
    static TypeFile of(byte[] file) {
        TypeFileReader reader = new TypeFileReader();
        try {
            OpenedClassReader.of(file).accept(reader, ClassReader.SKIP_FRAMES);
        } catch (RuntimeException failure) {
            throw new UnreadableFile(file, failure);
        }
        return reader.result();
    }

    /** The same of a file that is only looked up; null where it cannot be parsed, which is said when its class is loaded. */
    static @Nullable TypeFile orNull(byte[] file) {
        try {
            return of(file);
        } catch (UnreadableFile saidLater) {
            return null;
        }
    }

    /** Null where the loader does not show the file, or it cannot be parsed. */
    static @Nullable TypeFile read(ClassLoader loader, String name) {
        byte[] file = ClassFiles.read(loader, name);
        return file == null ? null : orNull(file);
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    boolean isAbstract() {
        return (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    boolean isFinal() {
        return (access & Opcodes.ACC_FINAL) != 0;
    }

    boolean isJdkProxy() {
        return "java/lang/reflect/Proxy".equals(superName);
    }

    /** Null where there is none, or more than one. */
    @Nullable
    MethodFile onlyAbstractMethod() {
        MethodFile only = null;
        for (int i = 0; i < methods.size(); i++) {
            if (methods.get(i).is(Opcodes.ACC_ABSTRACT)) {
                if (only != null) {
                    return null;
                }
                only = methods.get(i);
            }
        }
        return only;
    }

    @Nullable
    MethodFile method(String key) {
        for (int i = 0; i < methods.size(); i++) {
            if (methods.get(i).key().equals(key)) {
                return methods.get(i);
            }
        }
        return null;
    }
}
