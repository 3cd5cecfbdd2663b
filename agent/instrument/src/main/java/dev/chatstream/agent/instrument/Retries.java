package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Weaves once more what failed for a reason that passes. Inside the load of a class that is an error of linkage (a
 * circularity, mostly beside other agents). For a class that is loaded it is any: while two threads have one class transformed,
 * the JVM may give either of them bytes that are neither of the old class nor of the new.
 *
 * <p>Race, a transformation that failed elsewhere against the retry: what that one was given may be put in place after the
 * retry's, so such a class is done only when it was woven twice, with a pause between.
 */
final class Retries {

    private final Instrumentation instrumentation;
    private final Realms realms;
    private final @Nullable MethodRules rules;
    private final @Nullable Findings findings;
    private final Later later;
    private final OwnErrors errors;
    private final Journal journal;

    /** What is being retried, on the one thread that does, and whether it has failed again. */
    private volatile @Nullable String retried;

    private volatile boolean failedAgain;

    /**
     * @param rules null: there are none
     * @param findings null: nobody reports them
     */
    Retries(
            Instrumentation instrumentation,
            Realms realms,
            @Nullable MethodRules rules,
            @Nullable Findings findings,
            Later later,
            OwnErrors errors,
            Journal journal) {
        this.instrumentation = instrumentation;
        this.realms = realms;
        this.rules = rules;
        this.findings = findings;
        this.later = later;
        this.errors = errors;
        this.journal = journal;
    }

    /**
     * Weaving failed, inside the load of a class or in another transformation of it.
     *
     * @param wasLoaded before
     */
    void failed(ClassLoader loader, String type, boolean wasLoaded, byte[] file, Throwable failure) {
        if (!passes(wasLoaded, failure)) {
            realms.of(loader).giveUp(type);
            tellUnwoven(type, file, failure);
        } else if (type.equals(retried) && later.isItsThread()) {
            failedAgain = true;
        } else {
            retry(loader, type, file, failure, wasLoaded ? 2 : 1);
        }
    }

    private static boolean passes(boolean wasLoaded, Throwable failure) {
        boolean ofALaterJava = failure instanceof UnreadableFile file && file.isOfALaterJava();
        return failure instanceof LinkageError
                || failure instanceof Workshop.BusyException
                || (wasLoaded && !ofALaterJava);
    }

    /** Has a class that is loaded woven; where the JVM refuses what comes of it, that is tried again. */
    void retransform(Class<?> loaded) throws UnmodifiableClassException {
        try {
            instrumentation.retransformClasses(loaded);
        } catch (LinkageError | InternalError | RuntimeException refused) {
            ClassLoader loader = loaded.getClassLoader();
            String type = loaded.getName().replace('.', '/');
            byte[] file = ClassFiles.read(loader, type);
            retry(loader, type, file == null ? new byte[0] : file, refused, 2);
        }
    }

    private void retry(ClassLoader loader, String type, byte[] file, Throwable failure, int times) {
        if (realms.of(loader).beginsRetry(type)) {
            later.add(new Retry(new WeakReference<>(loader), type, file, failure, times));
        }
    }

    private void tellUnwoven(String type, byte[] file, Throwable failure) {
        String consequence = type.replace('/', '.') + " could not be looked at, and runs as it is";
        if (isMeant(type, file) || failure instanceof UnreadableFile) { // that which nobody means is not parsed
            if (rules != null) {
                rules.cannotBeWoven(type, failure);
            }
            if (findings != null) {
                findings.failed(type, "the class cannot be woven: " + failure);
            }
            journal.tell(
                    Journal.Level.WARN,
                    "not guarded " + type,
                    type.replace('/', '.') + " cannot be woven, and runs unguarded: " + failure,
                    null);
        } else {
            errors.tell("look", consequence, failure);
        }
    }

    /** Whether somebody said that methods of this class are guarded. */
    private boolean isMeant(String type, byte[] file) {
        ClassHead head = ClassHead.of(file);
        return (head != null && head.mentionsAnnotation())
                || (rules != null && rules.naming(type) != null)
                || realms.guardedForSome(type) != null;
    }

    /** A class was loaded before it was woven. */
    void tellLate(ClassLoader loader, Class<?> loaded, @Nullable String why) {
        Realm realm = realms.of(loader);
        String type = loaded.getName().replace('.', '/');
        if (realm.sites(type).any() && realm.saysFirst("late " + type)) {
            journal.tell(
                    Journal.Level.WARN,
                    "late " + loaded.getName(),
                    loaded.getName() + " is guarded only now, some time after it was loaded, since " + why
                            + ": a call in between ran unguarded.",
                    null);
        }
    }

    /** A class of this loader's, by its internal name; null: it is not loaded. */
    @SuppressWarnings("ReferenceEquality") // loaders may define an equality of their own
    static @Nullable Class<?> find(Instrumentation instrumentation, @Nullable ClassLoader loader, String type) {
        String name = type.replace('/', '.');
        for (Class<?> loaded : LoadedBefore.classes(instrumentation)) {
            if (loaded.getClassLoader() == loader && loaded.getName().equals(name)) {
                return loaded;
            }
        }
        return null;
    }

    private final class Retry implements Later.Job {
        private final WeakReference<ClassLoader> loader;
        private final String type;
        private final byte[] file;
        private Throwable failure;
        private int times;

        /** @param times how often it is to be woven */
        Retry(WeakReference<ClassLoader> loader, String type, byte[] file, Throwable failure, int times) {
            this.loader = loader;
            this.type = type;
            this.file = file;
            this.failure = failure;
            this.times = times;
        }

        @Override
        public State attempt() throws UnmodifiableClassException {
            ClassLoader there = loader.get();
            if (there == null) {
                return State.DONE;
            }
            Class<?> loaded = find(instrumentation, there, type);
            if (loaded == null) {
                return State.NOT_YET; // its load goes on
            }
            Realm realm = realms.of(there);
            realm.endRetry(type); // before: whoever fails from now on is not covered by this one
            realm.forget(type);
            if (isWovenNow(loaded) && --times == 0) {
                if (failure instanceof Workshop.BusyException) {
                    tellLate(there, loaded, failure.getMessage());
                }
                return State.DONE;
            }
            realm.beginsRetry(type);
            return State.NOT_YET;
        }

        private boolean isWovenNow(Class<?> loaded) throws UnmodifiableClassException {
            failedAgain = false;
            retried = type;
            try {
                instrumentation.retransformClasses(loaded);
                return !failedAgain;
            } catch (LinkageError | InternalError | RuntimeException refused) {
                failure = refused;
                return false;
            } finally {
                retried = null;
            }
        }

        @Override
        public void giveUp() {
            ClassLoader there = loader.get();
            if (there != null) {
                realms.of(there).giveUp(type);
            }
            tellUnwoven(type, file, failure);
        }
    }
}
