package dev.chatstream.it.baddays;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An agent that takes a lock for every class that anybody loads, our agent's own among them, and loads classes of its own
 * while it has it: some of them with a guarded method.
 */
public final class Meddling implements ClassFileTransformer {

    private static final String OWN = "dev.chatstream.it.baddays.Guarded";
    private static final int MOST = 200;

    private final Object lock = new Object();
    private final AtomicInteger passed = new AtomicInteger();

    public static void premain(String argument, Instrumentation instrumentation) {
        instrumentation.addTransformer(new Meddling(), true);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] file) {
        synchronized (lock) {
            int number = passed.incrementAndGet();
            if (number % 10 == 0 && number / 10 < MOST) {
                try {
                    Class.forName(OWN, true, new Own());
                } catch (ClassNotFoundException | LinkageError failure) {
                    System.out.println("the other agent: " + failure);
                }
            }
        }
        return null;
    }

    /** A new loader each time: nobody else has its locks. */
    private static final class Own extends ClassLoader {
        Own() {
            super(ClassLoader.getSystemClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(OWN)) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] file = in == null ? new byte[0] : in.readAllBytes();
                return defineClass(name, file, 0, file.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
