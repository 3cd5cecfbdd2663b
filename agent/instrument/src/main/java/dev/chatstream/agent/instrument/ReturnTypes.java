package dev.chatstream.agent.instrument;

import dev.chatstream.agent.shapes.Shapes;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Knows by its declared type whether what a method returns goes on after the method, and whether a shape follows it. */
final class ReturnTypes {

    /**
     * Types and packages whose values stream. One text, for a reason: packaging rewrites the names of libraries that the
     * agent brings along, also within texts that begin with one of them, and these names mean the application's own.
     */
    private static final String[] STREAMING = ("java/lang/AutoCloseable java/util/stream/ java/util/concurrent/"
                    + " org/reactivestreams/ reactor/ io/reactivex/ io/smallrye/mutiny/ kotlinx/coroutines/flow/")
            .split(" ");

    private ReturnTypes() {}

    /** The name of a declared type whose values stream and which no shape follows yet; null: all is well. */
    static @Nullable String unfollowed(ClassLoader loader, MethodFile method, Shapes shapes) {
        Type returned = Type.getReturnType(method.descriptor());
        if (returned.getSort() != Type.OBJECT || isPlain(returned.getInternalName())) {
            return null;
        }
        String declared = returned.getInternalName();
        Set<String> ancestors = Ancestors.of(loader, declared);
        return streams(ancestors) && !shapes.follow(declared, ancestors, isInterface(loader, declared))
                ? returned.getClassName()
                : null;
    }

    private static boolean isInterface(ClassLoader loader, String type) {
        byte[] file = ClassFiles.read(loader, type);
        ClassHead head = file == null ? null : ClassHead.of(file);
        return head != null && head.isInterface();
    }

    private static boolean isPlain(String type) {
        return type.startsWith("java/lang/") && !type.equals("java/lang/AutoCloseable");
    }

    private static boolean streams(Set<String> ancestors) {
        for (String ancestor : ancestors) {
            for (String streaming : STREAMING) {
                boolean isPackage = streaming.endsWith("/");
                if (isPackage ? ancestor.startsWith(streaming) : ancestor.equals(streaming)) {
                    return true;
                }
            }
        }
        return false;
    }
}
