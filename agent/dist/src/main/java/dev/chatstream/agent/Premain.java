package dev.chatstream.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The agent's first class: what the JVM calls for {@code -javaagent} and for {@code java -jar}.
 *
 * <p>Compiled for Java 8 and using nothing newer, so that an old JVM can say plainly that it is too old. Everything else
 * stands in the jar where no other loader finds it, and is loaded by an {@link IsolatedClassLoader}. Whatever goes wrong
 * here is one line on stderr, and the application runs as it would have without the flag.
 */
// not @NullMarked, whose targets Java 8 does not know
@SuppressWarnings("RequireExplicitNullMarking")
public final class Premain {

    private static final int OLDEST_JAVA = 21;
    private static final String INSIDE = "dev.chatstream.agent.dist.AgentMain";

    /** The flag may be given twice; the JVM makes its calls one after the other, on one thread. */
    private static boolean called;

    private Premain() {}

    /**
     * Called by the JVM before the application's main.
     *
     * @param arguments what stands behind {@code =} in the flag, or null
     */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        boolean again = called;
        called = true;
        if (again) {
            say("-javaagent is given twice: the second one does nothing.");
        } else if (javaVersion() < OLDEST_JAVA) {
            say(tooOld() + " The application runs without ChatStream.");
        } else {
            start(arguments, instrumentation);
        }
    }

    /** Prints version, usage and settings. */
    public static void main(String[] arguments) {
        System.exit(command(arguments));
    }

    private static void start(@Nullable String arguments, Instrumentation instrumentation) {
        try {
            inside("start", new Class<?>[] {String.class, Instrumentation.class}, arguments, instrumentation);
        } catch (Throwable broken) {
            say("The agent cannot start, and the application runs without it. Is the agent's jar whole? "
                    + told(broken));
        }
    }

    private static int command(String[] arguments) {
        if (javaVersion() < OLDEST_JAVA) {
            say(tooOld());
            return 2;
        }
        try {
            Object status = inside("command", new Class<?>[] {String[].class}, (Object) arguments);
            return status == null ? 0 : (Integer) status;
        } catch (Throwable broken) {
            say("The agent's jar cannot be used. Is it whole? " + told(broken));
            return 2;
        }
    }

    /** Calls a static method inside; what is made there finds its services through the isolated loader. */
    private static @Nullable Object inside(String name, Class<?>[] types, @Nullable Object... arguments)
            throws Throwable {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader isolated = IsolatedClassLoader.ofThisJar();
        thread.setContextClassLoader(isolated);
        try {
            Method method = isolated.loadClass(INSIDE).getDeclaredMethod(name, types);
            method.setAccessible(true);
            return method.invoke(null, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** 8 for 1.8, 21 for 21. */
    private static int javaVersion() {
        String version = System.getProperty("java.specification.version", "0");
        try {
            return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
        } catch (NumberFormatException unheardOf) {
            return 0;
        }
    }

    private static String tooOld() {
        return "Java " + OLDEST_JAVA + " or later is needed, and this is Java " + System.getProperty("java.version")
                + ".";
    }

    private static String told(Throwable broken) {
        return "(" + broken.toString().replaceAll("\\p{Cntrl}+", " ") + ")";
    }

    @SuppressWarnings("SystemOut") // the only output there is before anything else can be loaded
    private static void say(String line) {
        System.err.println("[chatstream] " + line);
    }
}
