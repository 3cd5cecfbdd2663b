package dev.chatstream.agent.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Which threads must not block: Reactor's {@code NonBlocking} ones and Netty's event loops, and so those of Vert.x and
 * Quarkus. Their classes are the application's, so they are known by name.
 */
final class EventLoops {

    /** One text, and not beginning with a name: packaging renames the libraries that the agent brings along, in texts too. */
    private static final String[] NAMES = ("by-name: reactor.core.scheduler.NonBlocking"
                    + " io.netty.util.concurrent.FastThreadLocalThread io.vertx.core.impl.VertxThread")
            .split(" ");

    /** What is known of one class of threads. */
    private sealed interface Kind {
        record MayBlock() implements Kind {}

        record MustNotBlock() implements Kind {}

        /** Netty's say each for itself. */
        record Says(MethodHandle permitsBlocking) implements Kind {}
    }

    private static final ClassValue<Kind> KINDS = new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
            if (find(type, NAMES[1]) != null) {
                return new Kind.MustNotBlock();
            }
            Class<?> nettys = find(type, NAMES[2]);
            return nettys == null ? new Kind.MayBlock() : kindOfNettys(type, nettys);
        }
    };

    private EventLoops() {}

    /** Whether the calling thread is one. */
    static boolean isHere() {
        Thread thread = Thread.currentThread();
        Kind kind = KINDS.get(thread.getClass());
        // no switch over patterns: asked in premain, where the JDK would need 10 ms to make one
        return kind instanceof Kind.Says says
                ? !permits(says.permitsBlocking(), thread)
                : kind instanceof Kind.MustNotBlock;
    }

    /** Up to some of 4.5, Vert.x's tell Netty that none of them may block, workers included, but say by themselves which are. */
    private static Kind kindOfNettys(Class<?> type, Class<?> nettys) {
        Class<?> vertxs = find(type, NAMES[3]);
        Kind said = vertxs == null ? null : saying(vertxs, "isWorker");
        said = said == null ? saying(nettys, "permitBlockingCalls") : said;
        return said == null ? new Kind.MustNotBlock() : said;
    }

    /** Null where it does not, or not to everyone. */
    private static @Nullable Kind saying(Class<?> type, String name) {
        try {
            MethodHandle says =
                    MethodHandles.publicLookup().findVirtual(type, name, MethodType.methodType(boolean.class));
            return new Kind.Says(says.asType(MethodType.methodType(boolean.class, Thread.class)));
        } catch (ReflectiveOperationException older) {
            return null;
        }
    }

    private static boolean permits(MethodHandle permitsBlocking, Thread thread) {
        try {
            return (boolean) permitsBlocking.invokeExact(thread);
        } catch (Throwable itsOwn) {
            return false;
        }
    }

    private static @Nullable Class<?> find(@Nullable Class<?> from, String name) {
        if (from == null || from.getName().equals(name)) {
            return from;
        }
        Class<?> found = find(from.getSuperclass(), name);
        for (Class<?> implemented : from.getInterfaces()) {
            found = found == null ? find(implemented, name) : found;
        }
        return found;
    }
}
