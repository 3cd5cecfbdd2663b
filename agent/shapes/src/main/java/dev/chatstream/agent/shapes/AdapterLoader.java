package dev.chatstream.agent.shapes;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;

/**
 * Links adapters between the agent and a library of the application's: what is the agent's comes from the agent's loader,
 * everything else from the library's. Adapters are defined here, from class files that the agent's loader shows as
 * resources.
 */
final class AdapterLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String AGENT = "dev.chatstream.agent.";
    private static final String ADAPTERS = AGENT + "adapters.";

    private final ClassLoader agent = requireNonNull(AdapterLoader.class.getClassLoader());

    AdapterLoader(ClassLoader library) {
        super("chatstream-adapters", library);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(AGENT)) {
            return super.loadClass(name, resolve);
        }
        if (!name.startsWith(ADAPTERS)) {
            return agent.loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream file = agent.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length, AdapterLoader.class.getProtectionDomain());
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }
}
