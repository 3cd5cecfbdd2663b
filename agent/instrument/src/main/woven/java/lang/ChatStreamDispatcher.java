package java.lang;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Where woven methods meet the agent. The agent defines this one class into {@code java.base}, because {@code java.lang}
 * is the only package that every class loader there is asks the JVM for: from fat jars, OSGi bundles, application
 * servers and named modules alike. Only JDK types cross, since the agent's own are visible to nobody but the agent.
 *
 * <p>Without handles, before the agent attached them or after it went, every call passes as if nothing were woven.
 */
public final class ChatStreamDispatcher {

    // Set by the agent through a private lookup, so that no application can. `enter` is set last and cleared first: a call
    // that was let in finds its `exit`.
    private static volatile MethodHandle enter;
    private static volatile MethodHandle exit;
    private static volatile MethodHandle bridge;

    private ChatStreamDispatcher() {}

    /**
     * A guarded method begins.
     *
     * @param owner the class that was woven
     * @param method name and descriptor
     * @return what {@link #exit} is to be given; null where the call is not guarded
     */
    public static Object enter(Class<?> owner, String method, Object self, Object[] arguments) {
        MethodHandle agent = enter;
        if (agent == null) {
            return null;
        }
        try {
            return (Object) agent.invokeExact(owner, method, self, arguments);
        } catch (Throwable refusal) {
            throw ChatStreamDispatcher.<RuntimeException>unchecked(refusal);
        }
    }

    /**
     * A guarded method ends. Never throws.
     *
     * @return what the method returns: the value itself or one that stands for it
     */
    public static Object exit(Object token, Object returned, Throwable thrown) {
        MethodHandle agent = exit;
        if (token == null || agent == null) {
            return returned;
        }
        try {
            return (Object) agent.invokeExact(token, returned, thrown);
        } catch (Throwable ignored) {
            return returned;
        }
    }

    /** A copy of the API asks the agent; null: no answer. */
    public static Object bridge(String operation, Object target, Object argument) {
        MethodHandle agent = bridge;
        if (agent == null) {
            return null;
        }
        try {
            return (Object) agent.invokeExact(operation, target, argument);
        } catch (Throwable refusal) {
            throw ChatStreamDispatcher.<RuntimeException>unchecked(refusal);
        }
    }

    /**
     * A method of a web framework has found what it will return. Never throws.
     *
     * @param owner the class that was woven
     * @param method name and descriptor
     * @return the same, or what the agent has instead
     */
    public static Object answer(Object found, Class<?> owner, String method, Object[] arguments) {
        try {
            Object better = bridge("answer", owner, new Object[] {found, owner, method, arguments});
            return better == null ? found : better;
        } catch (Throwable ignored) {
            return found;
        }
    }

    /**
     * Links a call by which a framework writes to its log; it is left out where the agent says so of the exception that it is
     * about, the last argument.
     *
     * @param which of the exceptions are left out, for the agent
     * @param type of the call, and that exception
     * @param write the call itself
     */
    public static CallSite line(MethodHandles.Lookup caller, String which, MethodType type, MethodHandle write)
            throws ReflectiveOperationException {
        int last = type.parameterCount() - 1;
        MethodHandle asks = MethodHandles.lookup()
                .findStatic(
                        ChatStreamDispatcher.class,
                        "isUnsaid",
                        MethodType.methodType(boolean.class, String.class, Throwable.class));
        MethodHandle test = MethodHandles.dropArguments(
                MethodHandles.insertArguments(asks, 0, which),
                0,
                type.parameterList().subList(0, last));
        MethodHandle nothing = MethodHandles.dropArguments(
                MethodHandles.constant(Object.class, null).asType(MethodType.methodType(void.class)),
                0,
                type.parameterList());
        MethodHandle writes =
                MethodHandles.dropArguments(write, last, Throwable.class).asType(type);
        return new ConstantCallSite(MethodHandles.guardWithTest(test, nothing, writes));
    }

    private static boolean isUnsaid(String which, Throwable about) {
        try {
            return Boolean.TRUE.equals(bridge("unsaid", null, new Object[] {which, about}));
        } catch (Throwable ignored) {
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable refusal) throws T {
        throw (T) refusal;
    }
}
