package dev.chatstream.it.baddays;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * An agent that takes a lock when our agent loads what it weaves with, while another thread has that lock and loads a class
 * that is to be woven.
 */
public final class Colliding implements ClassFileTransformer, Runnable {

    private static final String WEAVING = "dev/chatstream/agent/shaded/net/bytebuddy/jar/asm/ClassWriter";

    private final Object lock = new Object();
    private final CountDownLatch locked = new CountDownLatch(1);

    public static void premain(String argument, Instrumentation instrumentation) {
        instrumentation.addTransformer(new Colliding());
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] file) {
        if (WEAVING.equals(name)) {
            new Thread(this).start();
            try {
                locked.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            synchronized (lock) {
                return null;
            }
        }
        return null;
    }

    @Override
    public void run() {
        synchronized (lock) {
            locked.countDown();
            try {
                Class.forName("collision.Second", true, ClassLoader.getSystemClassLoader());
            } catch (ClassNotFoundException | LinkageError failure) {
                System.out.println(failure);
            }
        }
    }
}
