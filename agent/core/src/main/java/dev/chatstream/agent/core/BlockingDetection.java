package dev.chatstream.agent.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * BlockHound, which throws out of whatever blocks an event loop. The one attempt that a call has there is bounded, and told
 * of in a line of ours; a lock of ours may be another thread's for some microseconds. So that is allowed, in the way in which
 * an application allows methods of its own: by a mark in the thread's state, which BlockHound keeps in a class that every
 * loader sees. It may be installed at any time, and is looked for once a second until it is there.
 */
final class BlockingDetection {

    /** One text, and not beginning with a name: packaging renames the libraries that the agent brings along, in texts too. */
    private static final String[] NAMES = "by-name: reactor.blockhound.BlockHoundRuntime".split(" ");

    private static final long BETWEEN_LOOKS = TimeUnit.SECONDS.toNanos(1);

    private static volatile @Nullable BlockingDetection found;
    private static volatile long lookedAt = System.nanoTime() - BETWEEN_LOOKS;

    private final ThreadLocal<?> states;
    private final MethodHandle isAllowed;
    private final MethodHandle setAllowed;

    private BlockingDetection(Class<?> runtime) throws ReflectiveOperationException {
        Field field = runtime.getField("STATE");
        field.setAccessible(true); // the field is public, its class is not
        states = (ThreadLocal<?>) field.get(null);
        Class<?> state = Class.forName(NAMES[1] + "$State", false, null);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        isAllowed = lookup.findVirtual(state, "isAllowed", MethodType.methodType(boolean.class))
                .asType(MethodType.methodType(boolean.class, Object.class));
        setAllowed = lookup.findVirtual(state, "setAllowed", MethodType.methodType(void.class, boolean.class))
                .asType(MethodType.methodType(void.class, Object.class, boolean.class));
    }

    /**
     * Lets the calling thread block, if it is one of an event loop.
     *
     * @return what {@link #resume} has to be given afterwards
     */
    static boolean suspend(boolean onEventLoop) {
        BlockingDetection here = onEventLoop ? find() : null;
        return here != null && here.allow();
    }

    /** The calling thread must not block again, unless it might before. */
    static void resume(boolean suspended) {
        BlockingDetection here = found;
        if (suspended && here != null) {
            here.mark(false);
        }
    }

    private boolean allow() {
        try {
            Object state = states.get();
            return state != null && !(boolean) isAllowed.invokeExact(state) && mark(true);
        } catch (Throwable another) {
            return false;
        }
    }

    private boolean mark(boolean allowed) {
        try {
            setAllowed.invokeExact((Object) states.get(), allowed);
            return true;
        } catch (Throwable another) {
            return false;
        }
    }

    /** Two threads may both look: they find the same. */
    private static @Nullable BlockingDetection find() {
        BlockingDetection known = found;
        long now = System.nanoTime();
        if (known != null || now - lookedAt < BETWEEN_LOOKS) {
            return known;
        }
        try {
            known = new BlockingDetection(Class.forName(NAMES[1], false, null));
            found = known;
        } catch (Throwable noneOrAnother) {
            lookedAt = now;
        }
        return known;
    }
}
