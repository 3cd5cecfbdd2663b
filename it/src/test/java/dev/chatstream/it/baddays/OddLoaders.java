package dev.chatstream.it.baddays;

import dev.chatstream.ChatStreams;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** An application whose class loaders do what they may: it loads the same classes by each of them, and calls them. */
public final class OddLoaders {

    private static final String ANY = "loaded.";
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private OddLoaders() {}

    public static void main(String[] arguments) throws Exception {
        Path classes = Path.of(arguments[0]);
        for (ClassLoader loader : List.of(
                new Silent(classes),
                new Throwing(classes, new IllegalStateException("not today")),
                new Throwing(classes, new AssertionError("not today")),
                new Garbling(classes),
                new Serial(classes))) {
            call(loader);
        }
        busy(classes);
        System.out.println("done");
    }

    private static void call(ClassLoader loader) throws ReflectiveOperationException {
        for (String type : List.of("Child", "Implementation")) {
            Object receiver = loader.loadClass(ANY + type).getConstructor().newInstance();
            String who = type + " of " + loader.getClass().getSimpleName();
            String answer = ask(receiver, who);
            System.out.println(answer.substring(0, answer.indexOf(',')) + ", and in the end" + inTheEnd(receiver, who));
        }
    }

    /** Where nothing could be read, a class is guarded some milliseconds after its load. */
    private static String inTheEnd(Object receiver, String who) throws ReflectiveOperationException {
        long end = System.nanoTime() + LONGEST.toNanos();
        String answer = ask(receiver, who);
        while (ChatStreams.isAgentActive() && !answer.endsWith(" true") && System.nanoTime() - end < 0) {
            answer = ask(receiver, who);
        }
        return answer.substring(answer.indexOf(','));
    }

    private static String ask(Object receiver, String who) throws ReflectiveOperationException {
        return (String) receiver.getClass().getMethod("ask", String.class).invoke(receiver, who);
    }

    /** Another thread holds the lock of a loader until a class of the loader below, which needs nothing of it, is loaded. */
    private static void busy(Path classes) throws InterruptedException {
        Locked above = new Locked();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch loaded = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform().start(() -> {
            synchronized (above) {
                held.countDown();
                await(loaded);
            }
        });
        held.await();
        Own below = new Own(classes, above);
        try {
            System.out.println("loaded " + below.loadHere(ANY + "Alone").getName());
        } catch (IOException failure) {
            System.out.println(failure);
        }
        loaded.countDown();
        holder.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Defines the classes of that package itself. */
    private static class Own extends ClassLoader {
        private final Path classes;

        Own(Path classes, ClassLoader parent) {
            super(parent);
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("java.")) {
                return getPlatformClassLoader().loadClass(name);
            }
            if (!name.startsWith(ANY)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                try {
                    return loaded == null ? loadHere(name) : loaded;
                } catch (IOException unreadable) {
                    throw new ClassNotFoundException(name, unreadable);
                }
            }
        }

        final Class<?> loadHere(String name) throws IOException {
            byte[] file = Files.readAllBytes(classes.resolve(name.replace('.', '/') + ".class"));
            return defineClass(name, file, 0, file.length);
        }
    }

    /** Has its classes from elsewhere, and shows nothing of them. */
    private static final class Silent extends Own {
        static {
            registerAsParallelCapable();
        }

        Silent(Path classes) {
            super(classes, Caller.class.getClassLoader());
        }

        @Override
        public @Nullable URL getResource(String name) {
            return null;
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            return null;
        }
    }

    /** Throws where a resource is asked for, and where a class is that it does not have. */
    private static final class Throwing extends Own {
        private final Throwable what;

        Throwing(Path classes, Throwable what) {
            super(classes, Caller.class.getClassLoader());
            this.what = what;
        }

        @Override
        public URL getResource(String name) {
            throw OddLoaders.<RuntimeException>unchecked(what);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            throw OddLoaders.<RuntimeException>unchecked(what);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            try {
                return super.loadClass(name, resolve);
            } catch (ClassNotFoundException none) {
                throw OddLoaders.<RuntimeException>unchecked(what);
            }
        }
    }

    /** Shows something else in the place of each resource. */
    private static final class Garbling extends Own {
        Garbling(Path classes) {
            super(classes, Caller.class.getClassLoader());
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return InputStream.nullInputStream();
        }
    }

    /** As loaders were before Java 7: one lock for all, also for resources. */
    private static final class Serial extends Own {
        Serial(Path classes) {
            super(classes, Caller.class.getClassLoader());
        }

        @Override
        public synchronized @Nullable URL getResource(String name) {
            return super.getResource(name);
        }
    }

    /** The same, without classes. */
    private static final class Locked extends ClassLoader {
        Locked() {
            super(Caller.class.getClassLoader());
        }

        @Override
        public synchronized @Nullable URL getResource(String name) {
            return super.getResource(name);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
