package dev.chatstream.it.beside;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * An agent that has the application's classes transformed again and again: two threads retransform them, at once, and one
 * redefines them from their files, by itself. While a class is redefined, the JVM gives garbage to whoever retransforms it, whatever
 * agents there are: it frees the bytes that the other one is reading.
 */
public final class Meddler {

    /** So that others get a turn. */
    private static final long PAUSE = 200_000;

    static final ConcurrentLinkedQueue<String> FAILURES = new ConcurrentLinkedQueue<>();
    static final AtomicInteger DONE = new AtomicInteger();
    private static final List<Thread> THREADS = new CopyOnWriteArrayList<>();
    private static final ReadWriteLock REDEFINITION = new ReentrantReadWriteLock();

    private static @Nullable Instrumentation instrumentation;
    private static volatile boolean ends;

    private Meddler() {}

    /** @param argument {@code early}: it begins at once, before the agents behind it do */
    public static void premain(@Nullable String argument, Instrumentation given) throws ClassNotFoundException {
        instrumentation = given;
        if ("early".equals(argument)) {
            for (String type : MeddledChats.TYPES) {
                Class.forName(type, true, Meddler.class.getClassLoader());
            }
            retransform();
        }
    }

    private static void retransform() {
        Instrumentation agents = Objects.requireNonNull(instrumentation);
        start(() -> each(REDEFINITION.readLock(), agents::retransformClasses));
        start(() -> each(REDEFINITION.readLock(), agents::retransformClasses));
    }

    /** Unless it began early. */
    static void begin() {
        if (THREADS.isEmpty()) {
            Instrumentation agents = Objects.requireNonNull(instrumentation);
            retransform();
            start(() -> each(
                    REDEFINITION.writeLock(), type -> agents.redefineClasses(new ClassDefinition(type, file(type)))));
        }
    }

    /** Ends the transforming, and waits until it has ended. */
    static void end() throws InterruptedException {
        ends = true;
        for (Thread thread : THREADS) {
            thread.join();
        }
    }

    private interface Change {
        void of(Class<?> type) throws Exception;
    }

    private static void start(Runnable task) {
        THREADS.add(Thread.ofPlatform().daemon().name("meddler").start(task));
    }

    private static void each(Lock lock, Change change) {
        for (; !ends; LockSupport.parkNanos(PAUSE)) {
            for (Class<?> type : loaded()) {
                lock.lock();
                try {
                    change.of(type);
                    DONE.incrementAndGet();
                } catch (Throwable failure) {
                    FAILURES.add(type.getName() + ": " + failure);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private static List<Class<?>> loaded() {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> type : Objects.requireNonNull(instrumentation).getAllLoadedClasses()) {
            if (MeddledChats.TYPES.contains(type.getName())) {
                types.add(type);
            }
        }
        return types;
    }

    private static byte[] file(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream file = Objects.requireNonNull(type.getClassLoader().getResourceAsStream(name))) {
            return file.readAllBytes();
        }
    }

    /** What the class is by now: as the last transformer sees it. */
    static byte[] bytesOf(Class<?> type) throws Exception {
        Instrumentation agents = Objects.requireNonNull(instrumentation);
        List<byte[]> seen = new ArrayList<>();
        ClassFileTransformer last = new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader loader,
                    String name,
                    @Nullable Class<?> redefined,
                    @Nullable ProtectionDomain domain,
                    byte[] file) {
                if (type.equals(redefined)) {
                    seen.add(file);
                }
                return null;
            }
        };
        agents.addTransformer(last, true);
        agents.retransformClasses(type);
        agents.removeTransformer(last);
        return seen.getFirst();
    }

    /** As an agent does that has kept what it saw. */
    static void redefineByWhatItIs(Class<?> type) throws Exception {
        Objects.requireNonNull(instrumentation).redefineClasses(new ClassDefinition(type, bytesOf(type)));
    }
}
