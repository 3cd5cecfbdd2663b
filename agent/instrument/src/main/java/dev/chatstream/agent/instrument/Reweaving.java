package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes that are loaded already: those that a failure inside their load left out, and those that were judged
 * without a supertype. Each is retransformed singly, so that one that refuses keeps nobody else from it.
 */
final class Reweaving {

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
    Reweaving(
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
     * Weaving failed inside the load of a class. An error of linkage (a circularity, mostly beside other agents) passes:
     * the class is tried again from outside, and so it is where the loom was busy. Everything else would only come again.
     */
    void failed(ClassLoader loader, String type, byte[] file, Throwable failure) {
        if (!(failure instanceof LinkageError || failure instanceof Workshop.BusyException)) {
            tellUnwoven(type, file, failure);
        } else if (type.equals(retried)) {
            failedAgain = true;
        } else {
            later.add(new Retry(new WeakReference<>(loader), type, file, failure));
        }
    }

    /** A type with guarded methods has passed after types below it. */
    void late(ClassLoader loader, String type) {
        later.add(new CatchUp(new WeakReference<>(loader), type));
    }

    /** A method is guarded for some receivers, and its class may be loaded already. Waits, but not for long. */
    void wanted(Adoption adoption) {
        Wanted job = new Wanted(adoption, instrumentation, realms, journal);
        later.add(job);
        if (!later.isItsThread()) { // which is what would do it
            job.await();
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

    @SuppressWarnings("ReferenceEquality") // loaders may define an equality of their own
    private @Nullable Class<?> find(@Nullable ClassLoader loader, String type) {
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
        private final Throwable failure;

        Retry(WeakReference<ClassLoader> loader, String type, byte[] file, Throwable failure) {
            this.loader = loader;
            this.type = type;
            this.file = file;
            this.failure = failure;
        }

        @Override
        public State attempt() throws UnmodifiableClassException {
            ClassLoader there = loader.get();
            if (there == null) {
                return State.DONE;
            }
            Class<?> loaded = find(there, type);
            if (loaded == null) {
                return State.NOT_YET; // its load goes on
            }
            realms.of(there).forget(type);
            failedAgain = false;
            retried = type;
            instrumentation.retransformClasses(loaded);
            retried = null;
            if (!failedAgain && failure instanceof Workshop.BusyException) {
                tellLate(there, loaded, failure.getMessage());
            }
            return failedAgain ? State.NOT_YET : State.DONE;
        }

        @Override
        public void giveUp() {
            tellUnwoven(type, file, failure);
        }
    }

    /** Weaves the types below one, as they turn up: their loads may still be under way. */
    private final class CatchUp implements Later.Job {
        private final WeakReference<ClassLoader> loader;
        private final String type;
        private final Set<Class<?>> done = Collections.newSetFromMap(new WeakHashMap<>());

        CatchUp(WeakReference<ClassLoader> loader, String type) {
            this.loader = loader;
            this.type = type;
        }

        @Override
        public State attempt() throws UnmodifiableClassException {
            ClassLoader there = loader.get();
            Class<?> supertype = there == null ? null : find(there, type);
            if (supertype != null) {
                List<Class<?>> below = judgedWithout(supertype);
                below.sort(Comparator.comparingInt(Reweaving::depth));
                for (Class<?> each : below) {
                    reweave(each);
                }
            }
            return State.NOT_YET;
        }

        private List<Class<?>> judgedWithout(Class<?> supertype) {
            List<Class<?>> below = new ArrayList<>();
            for (Class<?> loaded : LoadedBefore.classes(instrumentation)) {
                if (loaded != supertype && !loaded.isArray() && supertype.isAssignableFrom(loaded) && isOpen(loaded)) {
                    below.add(loaded);
                }
            }
            return below;
        }

        private boolean isOpen(Class<?> loaded) {
            ClassLoader itsLoader = loaded.getClassLoader();
            if (itsLoader == null || loaded.isHidden() || !instrumentation.isModifiableClass(loaded)) {
                return false;
            }
            if (done.contains(loaded)) {
                return false;
            }
            Lineage lineage = realms.of(itsLoader).lineage(internalName(loaded));
            return lineage == null || lineage.isEmpty();
        }

        private void reweave(Class<?> loaded) throws UnmodifiableClassException {
            done.add(loaded);
            Realm realm = realms.of(loaded.getClassLoader());
            realm.forget(internalName(loaded));
            instrumentation.retransformClasses(loaded);
            tellLate(
                    loaded.getClassLoader(),
                    loaded,
                    "the class file of " + type.replace('/', '.') + " could not be read before");
        }

        @Override
        public void giveUp() {
            // whatever was being loaded is loaded by now
        }
    }

    private void tellLate(ClassLoader loader, Class<?> loaded, @Nullable String why) {
        Realm realm = realms.of(loader);
        if (realm.sites(internalName(loaded)).any() && realm.saysFirst("late " + internalName(loaded))) {
            journal.tell(
                    Journal.Level.WARN,
                    "late " + loaded.getName(),
                    loaded.getName() + " is guarded only now, some time after it was loaded, since " + why
                            + ": a call in between ran unguarded.",
                    null);
        }
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static int depth(Class<?> type) {
        int depth = 0;
        for (Class<?> above = type.getSuperclass(); above != null; above = above.getSuperclass()) {
            depth++;
        }
        return depth;
    }
}
