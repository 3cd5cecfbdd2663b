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

/**
 * Weaves classes that are loaded already and were judged without a supertype, or without knowing who inherits from them.
 * Each is retransformed singly, so that one that refuses keeps nobody else from it.
 */
final class Reweaving {

    private final Instrumentation instrumentation;
    private final Realms realms;
    private final Retries retries;
    private final Later later;
    private final Journal journal;

    Reweaving(Instrumentation instrumentation, Realms realms, Retries retries, Later later, Journal journal) {
        this.instrumentation = instrumentation;
        this.realms = realms;
        this.retries = retries;
        this.later = later;
        this.journal = journal;
    }

    /** A type with guarded methods has passed after types below it. */
    void late(ClassLoader loader, String type) {
        later.add(new CatchUp(new WeakReference<>(loader), type));
    }

    /** A method is guarded for some receivers, and its class may be loaded already. Waits, but not for long. */
    void wanted(Adoption adoption) {
        Wanted job = new Wanted(adoption, instrumentation, realms, retries, journal);
        later.add(job);
        if (!later.isItsThread()) { // which is what would do it
            job.await();
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
            Class<?> supertype = there == null ? null : Retries.find(instrumentation, there, type);
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
            retries.retransform(loaded);
            retries.tellLate(loaded.getClassLoader(), loaded, unseen(type.replace('/', '.')));
        }

        @Override
        public void giveUp() {
            // whatever was being loaded is loaded by now
        }
    }

    private static String unseen(String type) {
        return KnownLibraries.has(type.replace('.', '/'))
                ? type + " has the name of a library's, none of which is looked at before it is loaded"
                : "the class file of " + type + " could not be read before";
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
