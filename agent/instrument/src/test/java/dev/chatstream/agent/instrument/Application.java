package dev.chatstream.agent.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An application's class loader: defines the test's subjects itself, from the files that the test was compiled to or from
 * bytes that it is given, and leaves the rest to the test's own loader (or to another parent).
 */
class Application extends ClassLoader {

    static final String SUBJECTS = "dev.chatstream.agent.instrument.subjects.";

    static {
        registerAsParallelCapable();
    }

    private static final AtomicInteger MADE = new AtomicInteger();

    final int number = MADE.getAndIncrement();
    private final Map<String, byte[]> given = new ConcurrentHashMap<>();
    private final boolean showsFiles;

    Application() {
        this(Application.class.getClassLoader(), true);
    }

    /** @param showsFiles whether class files can be had as resources */
    Application(ClassLoader parent, boolean showsFiles) {
        super("application", parent);
        this.showsFiles = showsFiles;
    }

    /** How many there were so far. */
    static int made() {
        return MADE.get();
    }

    /** A class that no file holds. */
    void give(String name, byte[] file) {
        given.put(name, file);
    }

    Class<?> type(String simpleName) {
        try {
            return loadClass(SUBJECTS + simpleName);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    Object create(String simpleName) throws Exception {
        Constructor<?> constructor = type(simpleName).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    /** Calls a static method by name. */
    @Nullable
    Object callStatic(String simpleName, String method, @Nullable Object... arguments) throws Exception {
        return call(type(simpleName), null, method, arguments);
    }

    static @Nullable Object callStatic(Class<?> type, String method, @Nullable Object... arguments) throws Exception {
        return call(type, null, method, arguments);
    }

    /** Calls a method by name, whatever its access; the exception that it throws comes out as it is. */
    static @Nullable Object call(Object target, String method, @Nullable Object... arguments) throws Exception {
        return call(target.getClass(), target, method, arguments);
    }

    private static @Nullable Object call(
            Class<?> type, @Nullable Object target, String name, @Nullable Object... arguments) throws Exception {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && method.getParameterCount() == arguments.length
                        && !method.isBridge()) {
                    method.setAccessible(true);
                    return invoke(method, target, arguments);
                }
            }
        }
        for (Class<?> each : type.getInterfaces()) {
            return call(each, target, name, arguments);
        }
        throw new NoSuchMethodException(type + "#" + name + Arrays.toString(arguments));
    }

    private static @Nullable Object invoke(Method method, @Nullable Object target, @Nullable Object... arguments)
            throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(SUBJECTS) && !given.containsKey(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] file = given.containsKey(name) ? given.get(name) : compiled(name);
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, file, 0, file.length);
    }

    /** The class file of a subject. */
    static byte @Nullable [] compiled(String name) {
        String path = name.replace('.', '/') + ".class";
        try (InputStream in = Application.class.getClassLoader().getResourceAsStream(path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        return showsFiles || !name.endsWith(".class") ? super.getResourceAsStream(name) : null;
    }
}
