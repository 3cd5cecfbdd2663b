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

    static TypeFile of(byte[] file) {
        TypeFileReader reader = new TypeFileReader();
        OpenedClassReader.of(file).accept(reader, ClassReader.SKIP_FRAMES);
        return reader.result();
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
