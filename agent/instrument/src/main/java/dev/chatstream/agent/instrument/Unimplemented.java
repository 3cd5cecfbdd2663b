package dev.chatstream.agent.instrument;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one case in which an annotated interface method has an implementation that is not guarded: a class that lets a
 * superclass implement it which does not know the interface. The superclass is woven without regard to who extends it, so
 * this is said.
 */
final class Unimplemented {

    private final ClassLoader loader;
    private final TypeFile type;
    private final Lineage above;

    Unimplemented(ClassLoader loader, TypeFile type, Lineage above) {
        this.loader = loader;
        this.type = type;
        this.above = above;
    }

    void tell(Lines lines) {
        if (above.isEmpty() || type.isInterface() || type.isJdkProxy()) {
            return;
        }
        for (Map.Entry<String, Lineage.Inherited> inherited : above.byMethod().entrySet()) {
            MethodFile declared = inherited.getValue().method();
            MethodFile body = declared.hasBody() ? null : bodyAbove(implementation(inherited.getKey()));
            if (body != null) {
                lines.notGuarded(
                        body,
                        "as the implementation of " + declared.readable() + " in "
                                + type.name().replace('/', '.')
                                + ", which inherits it from a class that does not implement that interface; override it"
                                + " there, or annotate it.");
            }
        }
    }

    /** The method to look for above; null: it is implemented here. */
    private @Nullable String implementation(String key) {
        MethodFile own = type.method(key);
        if (own == null) {
            return key;
        }
        String target = own.bridgedTo();
        return target == null || type.method(target) != null ? null : target;
    }

    private @Nullable MethodFile bodyAbove(@Nullable String key) {
        String superName = key == null ? null : type.superName();
        for (int depth = 0; superName != null && !superName.startsWith("java/") && depth < 100; depth++) {
            byte[] file = ClassFiles.read(loader, superName);
            if (file == null) {
                return null;
            }
            TypeFile superclass = TypeFile.of(file);
            MethodFile method = key == null ? null : superclass.method(key);
            if (method != null) {
                return method.hasBody() && method.elements() == null ? method : null;
            }
            superName = superclass.superName();
        }
        return null;
    }
}
