package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Weaves a method that is guarded for some receivers, in classes that are loaded already. The load of the type that adopts
 * it waits meanwhile, so that there is no object of that type whose calls run unguarded. The wait is bounded: this needs what
 * the waiting thread may hold, where the one class is being linked while it loads the other.
 */
final class Wanted implements Later.Job, BoundedWait.Waited {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Adoption adoption;
    private final Instrumentation instrumentation;
    private final Realms realms;
    private final Retries retries;
    private final Journal journal;
    private boolean saidOfJdk;
    private final CountDownLatch tried = new CountDownLatch(1);

    Wanted(Adoption adoption, Instrumentation instrumentation, Realms realms, Retries retries, Journal journal) {
        this.adoption = adoption;
        this.instrumentation = instrumentation;
        this.realms = realms;
        this.retries = retries;
        this.journal = journal;
    }

    /** Waits for the first try. */
    void await() {
        if (!BoundedWait.untilComes(this, LONGEST_WAIT)) {
            journal.tell(
                    Journal.Level.WARN,
                    "late " + adoption.body(),
                    adoption.method().readable() + ", which is guarded for some objects,"
                            + " could not be woven in time, and will be: a call in between runs unguarded.",
                    null);
        }
    }

    @Override
    public boolean comesWithin(long nanos) throws InterruptedException {
        return tried.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Tried again for a while: its class may be loading just now. */
    @Override
    public State attempt() throws UnmodifiableClassException {
        try {
            String name = adoption.method().owner().replace('/', '.');
            for (Class<?> loaded : LoadedBefore.classes(instrumentation)) {
                if (loaded.getName().equals(name)) {
                    weave(loaded);
                }
            }
        } finally {
            tried.countDown();
        }
        return State.NOT_YET;
    }

    @SuppressWarnings("ReferenceEquality") // loaders may define an equality of their own
    private void weave(Class<?> owner) throws UnmodifiableClassException {
        ClassLoader loader = owner.getClassLoader();
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            tellOfJdk();
            return;
        }
        ClassSites sites = realms.of(loader).sites(adoption.method().owner());
        if (!(sites.of(adoption.method().key()) instanceof Site.ByReceiver)) {
            retries.retransform(owner);
        }
    }

    private void tellOfJdk() {
        if (!saidOfJdk) {
            saidOfJdk = true;
            journal.tell(
                    Journal.Level.WARN,
                    "not guarded",
                    adoption.method().readable() + " is not guarded"
                            + adoption.declaration().saidBy(adoption.method())
                            + ": its class belongs to the JDK or to the boot class path, and is not woven.",
                    null);
        }
    }

    @Override
    public void giveUp() {
        tried.countDown(); // whatever was being loaded is loaded by now
    }
}
