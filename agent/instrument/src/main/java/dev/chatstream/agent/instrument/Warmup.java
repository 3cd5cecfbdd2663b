package dev.chatstream.agent.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Goes the transformer's ways once, before it is registered: what it uses later, inside class loading, is loaded and linked
 * then. A class that is first needed there could be the very one that is being loaded, and the JVM would remember that
 * failure for good. Byte Buddy is not loaded: its ways are gone by the self-test.
 */
final class Warmup {

    /** A class of the agent's with a supertype outside the JDK, so that a supertype's file is read. */
    private static final String SAMPLE = "dev/chatstream/agent/instrument/TypeFileReader";

    private Warmup() {}

    static void run(Finder finder, Later later) {
        ClassLoader own = Warmup.class.getClassLoader();
        byte[] file = ClassFiles.read(own, SAMPLE);
        if (file != null) {
            finder.rehearse(own, SAMPLE, file);
        }
        if (finder.readsFilesBy(ClassLoader.getSystemClassLoader())) {
            readAsApplicationsDo();
        }
        later.add(new Rehearsal());
        wait(new CountDownLatch(0));
    }

    /** The JDK's classes for reading from jars by URL. */
    private static void readAsApplicationsDo() {
        try (InputStream any = ClassLoader.getSystemResourceAsStream("META-INF/MANIFEST.MF")) {
            if (any != null) {
                any.readAllBytes();
            }
        } catch (IOException unreadable) {
            // it was only a rehearsal
        }
    }

    /** As a load waits for another class to be woven. */
    private static void wait(CountDownLatch nothing) {
        try {
            boolean unused = nothing.await(1, TimeUnit.NANOSECONDS);
        } catch (InterruptedException early) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Rehearsal implements Later.Job {
        @Override
        public State attempt() {
            return State.DONE;
        }

        @Override
        public void giveUp() {}
    }
}
