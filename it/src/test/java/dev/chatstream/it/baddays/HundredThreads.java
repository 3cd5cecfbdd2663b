package dev.chatstream.it.baddays;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application whose threads load thousands of classes at once, by several loaders, while the first guarded methods are
 * called. Says how often a guarded method was called, and which of these calls were not guarded.
 */
public final class HundredThreads {

    private static final int THREADS = 100;
    private static final int LOADERS = 4;

    private final AtomicInteger loaded = new AtomicInteger();
    private final AtomicInteger guarded = new AtomicInteger();
    private final Map<String, String> wrong = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final CountDownLatch start = new CountDownLatch(1);

    private record Task(ClassLoader loader, String family, boolean isGuarded) {}

    public static void main(String[] arguments) throws Exception {
        int families = Integer.parseInt(arguments[1]);
        int every = Integer.parseInt(arguments[2]);
        new HundredThreads().run(Path.of(arguments[0]), families, every);
    }

    private void run(Path classes, int families, int every) throws Exception {
        List<Task> all = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            URL[] urls = {classes.toUri().toURL()};
            ClassLoader loader = i == 0 ? new Serial(urls) : new URLClassLoader("loader-" + i, urls, parent());
            for (int family = 0; family < families; family++) {
                Task task = new Task(loader, "g" + family + ".", family % every == 0);
                all.add(task);
                all.add(task); // two threads each
            }
        }
        Collections.shuffle(all, new Random(1));
        tasks.addAll(all);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(this::work));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("loaded " + loaded + ", guarded calls " + guarded + ", wrong " + new TreeMap<>(wrong));
    }

    private static ClassLoader parent() {
        return HundredThreads.class.getClassLoader();
    }

    private void work() {
        try {
            start.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            for (String type : List.of("Child", "Implementation", "Heir", "Plain")) {
                try {
                    work(task, type);
                } catch (ReflectiveOperationException | LinkageError failure) {
                    wrong.put(task.family() + type, failure.toString());
                }
            }
        }
    }

    private void work(Task task, String type) throws ReflectiveOperationException {
        String name = task.family() + type;
        Class<?> there = Class.forName(name, true, task.loader());
        loaded.incrementAndGet();
        if (!task.isGuarded() || type.equals("Plain")) {
            return;
        }
        Object receiver = there.getConstructor().newInstance();
        String chat = name + Thread.currentThread().threadId() + task.loader().hashCode();
        Object answer = there.getMethod("ask", String.class).invoke(receiver, chat);
        guarded.incrementAndGet();
        if (!answer.equals("answered " + chat + ", true")) {
            wrong.put(name, answer.toString());
        }
    }

    /** One lock for all its classes, as loaders had before Java 7. */
    private static final class Serial extends ClassLoader {
        private final URLClassLoader files;

        Serial(URL[] urls) {
            super("serial", parent());
            this.files = new URLClassLoader(urls, null);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (var in = files.getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] file = in.readAllBytes();
                return defineClass(name, file, 0, file.length);
            } catch (java.io.IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }

        @Override
        protected URL findResource(String name) {
            return files.findResource(name);
        }
    }
}
