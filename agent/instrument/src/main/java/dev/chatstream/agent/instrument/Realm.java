package dev.chatstream.agent.instrument;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the classes of one loader, by internal name: what each hands down, and the sites woven into it. Holds
 * texts only, never a class or the loader, and is read and written inside class loading: no lock is held while anything
 * of the application's is asked.
 */
final class Realm {

    /** Whether the loader sees the API: only then are supertypes read ahead. */
    enum Sight {
        UNKNOWN,
        API,
        NO_API
    }

    private final ConcurrentMap<String, Lineage> lineages = new ConcurrentHashMap<>();
    private final Set<String> unread = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, ClassSites> sites = new ConcurrentHashMap<>();
    private final Set<String> retried = ConcurrentHashMap.newKeySet();
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean lookedAhead = new AtomicBoolean();
    private volatile Sight sight = Sight.UNKNOWN;

    /** Whether nobody has looked ahead here yet; somebody has from now on. */
    boolean looksAheadFirst() {
        return lookedAhead.compareAndSet(false, true);
    }

    Sight sight() {
        return sight;
    }

    void sight(Sight found) {
        sight = found;
    }

    /** What a type hands down, where that is known. */
    @Nullable
    Lineage lineage(String type) {
        return lineages.get(type);
    }

    void lineage(String type, Lineage lineage) {
        lineages.put(type, lineage);
    }

    /** Its class file could not be had: until it passes by itself it counts as handing down nothing. */
    void markUnread(String type) {
        unread.add(type);
    }

    boolean isUnread(String type) {
        return unread.contains(type);
    }

    void forget(String type) {
        lineages.remove(type);
    }

    /** It cannot be woven, which was said: what fails again is no news. */
    void giveUp(String type) {
        givenUp.add(type);
        retried.remove(type);
    }

    /** Whether a class is to be tried again: nobody has given it up, and nobody is about to try. */
    boolean beginsRetry(String type) {
        return !givenUp.contains(type) && retried.add(type);
    }

    void endRetry(String type) {
        retried.remove(type);
    }

    /** The sites of a class; the same object for as long as the realm lives. */
    ClassSites sites(String type) {
        ClassSites known = sites.get(type);
        if (known != null) {
            return known;
        }
        ClassSites fresh = new ClassSites();
        ClassSites other = sites.putIfAbsent(type, fresh);
        return other == null ? fresh : other;
    }

    /** Whether a line is new: a class passes again at each retransformation, by whatever agent. */
    boolean saysFirst(String line) {
        return said.add(line);
    }
}
