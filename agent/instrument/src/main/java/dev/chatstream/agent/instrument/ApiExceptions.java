package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The exceptions of one copy of the API, by its public constructors. */
final class ApiExceptions implements Exceptions {

    private static final MethodType BUSY = MethodType.methodType(void.class, String.class, String.class, String.class);
    private static final MethodType UNAVAILABLE =
            MethodType.methodType(void.class, String.class, String.class, Throwable.class);

    private final Class<? extends Enum<?>> reasons;
    private final MethodHandle busy;
    private final MethodHandle unavailable;
    private final MethodHandle aborted;

    /**
     * Finds them.
     *
     * @throws ReflectiveOperationException where the loader sees no API, or one that is not this
     */
    ApiExceptions(ClassLoader loader) throws ReflectiveOperationException {
        this.reasons = enumeration(loader, "AbortReason");
        this.busy = constructor(loader, "ChatBusyException", BUSY);
        this.unavailable = constructor(loader, "ChatLockUnavailableException", UNAVAILABLE);
        this.aborted = constructor(
                loader, "ChatAbortedException", MethodType.methodType(void.class, String.class, String.class, reasons));
    }

    @Override
    public RuntimeException busy(String message, String chatId, @Nullable String ownerStreamId) {
        return made(busy, message, chatId, ownerStreamId);
    }

    @Override
    public RuntimeException unavailable(String message, String chatId) {
        return made(unavailable, message, chatId, null);
    }

    @Override
    public RuntimeException aborted(String message, String streamId, AbortReason reason) {
        return made(aborted, message, streamId, named(reason.name()));
    }

    /** An API that is older than the agent may not know a reason. */
    private Object named(String reason) {
        Object stopped = null;
        for (Object constant : reasons.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            if (name.equals(reason)) {
                return constant;
            }
            stopped = name.equals(AbortReason.STOPPED.name()) ? constant : stopped;
        }
        if (stopped == null) {
            throw new IllegalStateException(reasons + " knows neither " + reason + " nor STOPPED");
        }
        return stopped;
    }

    private static RuntimeException made(
            MethodHandle constructor, String message, String id, @Nullable Object further) {
        try {
            return (RuntimeException) constructor.invokeExact(message, id, further);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MethodHandle constructor(ClassLoader loader, String name, MethodType type)
            throws ReflectiveOperationException {
        return MethodHandles.publicLookup()
                .findConstructor(type(loader, name), type)
                .asType(MethodType.methodType(RuntimeException.class, String.class, String.class, Object.class));
    }

    @SuppressWarnings("unchecked") // it is an enum, or the class cast says which one is not
    private static Class<? extends Enum<?>> enumeration(ClassLoader loader, String name)
            throws ReflectiveOperationException {
        return (Class<? extends Enum<?>>) (Class<?>) type(loader, name).asSubclass(Enum.class);
    }

    private static Class<?> type(ClassLoader loader, String name) throws ClassNotFoundException {
        return Class.forName("dev.chatstream." + name, false, loader);
    }
}
