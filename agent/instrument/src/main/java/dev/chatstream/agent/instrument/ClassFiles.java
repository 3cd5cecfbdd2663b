package dev.chatstream.agent.instrument;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads class files as resources, the one way that loads no class. */
final class ClassFiles {

    private ClassFiles() {}

    /** Null where the loader does not show the file, whatever the reason: it is the application's, and may throw anything. */
    static byte @Nullable [] read(ClassLoader loader, String internalName) {
        try (InputStream file = loader.getResourceAsStream(internalName + ".class")) {
            return file == null ? null : file.readAllBytes();
        } catch (Throwable unreadable) {
            return null;
        }
    }
}
