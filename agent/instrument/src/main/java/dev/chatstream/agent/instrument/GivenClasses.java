package dev.chatstream.agent.instrument;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Shows the class files that are given, and the JDK's, as a class loader of the application's would: planning asks loaders
 * for files and for nothing else. Loads no class, whoever asks.
 */
final class GivenClasses extends ClassLoader {

    private static final String CLASS = ".class";

    private final Map<String, GivenFile> byType;

    GivenClasses(Map<String, GivenFile> byType) {
        super("given", ClassLoader.getPlatformClassLoader());
        this.byType = byType;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        throw new ClassNotFoundException(name + ": class files are read here, and not loaded");
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        GivenFile file = name.endsWith(CLASS) ? byType.get(name.substring(0, name.length() - CLASS.length())) : null;
        if (file == null) {
            return super.getResourceAsStream(name);
        }
        Inflater inflater = new Inflater(true);
        try {
            return new ByteArrayInputStream(file.bytes(inflater));
        } catch (IOException unreadable) {
            return null;
        } finally {
            inflater.end();
        }
    }
}
