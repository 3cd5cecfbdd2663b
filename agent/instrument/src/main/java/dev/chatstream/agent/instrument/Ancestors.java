package dev.chatstream.agent.instrument;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A type and all types above it, by internal name, as far as their class files can be read. */
final class Ancestors {

    private final ClassLoader loader;
    private final Set<String> names = new LinkedHashSet<>();

    private Ancestors(ClassLoader loader) {
        this.loader = loader;
    }

    static Set<String> of(ClassLoader loader, String type) {
        Ancestors ancestors = new Ancestors(loader);
        ancestors.add(type);
        return ancestors.names;
    }

    private void add(@Nullable String type) {
        if (type == null || !names.add(type) || type.equals("java/lang/Object")) {
            return;
        }
        byte[] file = ClassFiles.read(loader, type);
        ClassHead head = file == null ? null : ClassHead.of(file);
        if (head != null) {
            add(head.superName());
            for (int i = 0; i < head.interfaceCount(); i++) {
                add(head.interfaceName(i));
            }
        }
    }
}
