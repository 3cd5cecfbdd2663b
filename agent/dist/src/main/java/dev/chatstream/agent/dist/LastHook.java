package dev.chatstream.agent.dist;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/**
 * A task that runs when the JVM ends, after the application's own shutdown hooks.
 *
 * <p>Java starts all hooks of {@link Runtime#addShutdownHook} at once, and the application's may still be draining
 * streams. The JDK itself works with numbered slots: one holds all those hooks, and what stands in a later one runs when
 * they have ended. The slots are reached through {@code jdk.internal.access}, opened to this class alone.
 */
final class LastHook {

    /** Where the task stands. */
    enum Placed {
        AFTER_THE_HOOKS,
        /** The slots could not be reached: it runs while the application's hooks run. */
        AMONG_THE_HOOKS,
        /** The JVM is ending already: the task will not run. */
        TOO_LATE
    }

    /** 0 to 2 are the JDK's own, and 1 of them holds the application's hooks. */
    private static final int FIRST_SLOT = 3;

    private static final int LAST_SLOT = 9;
    private static final String INTERNALS = "jdk.internal.access";

    private LastHook() {}

    static Placed place(Instrumentation instrumentation, Runnable task) {
        try {
            open(instrumentation);
            return intoSlot(task);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherJdk) {
            return amongTheHooks(task);
        }
    }

    private static void open(Instrumentation instrumentation) {
        Module mine = LastHook.class.getModule();
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(INTERNALS, Set.of(mine)), Map.of(), Set.of(), Map.of());
    }

    private static Placed intoSlot(Runnable task) throws ReflectiveOperationException {
        Object access = Class.forName(INTERNALS + ".SharedSecrets")
                .getMethod("getJavaLangAccess")
                .invoke(null);
        Method register = Class.forName(INTERNALS + ".JavaLangAccess")
                .getMethod("registerShutdownHook", int.class, boolean.class, Runnable.class);
        for (int slot = FIRST_SLOT; slot <= LAST_SLOT; slot++) {
            try {
                register.invoke(access, slot, false, task);
                return Placed.AFTER_THE_HOOKS;
            } catch (InvocationTargetException refused) {
                if (refused.getCause() instanceof IllegalStateException) {
                    return Placed.TOO_LATE;
                }
                // InternalError: another agent has this slot
            }
        }
        return amongTheHooks(task);
    }

    private static Placed amongTheHooks(Runnable task) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(null, task, "chatstream-shutdown", 0, false));
            return Placed.AMONG_THE_HOOKS;
        } catch (IllegalStateException ending) {
            return Placed.TOO_LATE;
        }
    }
}
