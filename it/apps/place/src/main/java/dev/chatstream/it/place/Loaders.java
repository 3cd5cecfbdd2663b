package dev.chatstream.it.place;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** The loaders of the applications that were asked for an answer, those that are gone too. */
final class Loaders {

    private static final List<WeakReference<ClassLoader>> SEEN = new ArrayList<>();

    private Loaders() {}

    static synchronized void seen(ClassLoader loader) {
        if (SEEN.stream().noneMatch(reference -> reference.refersTo(loader))) {
            SEEN.add(new WeakReference<>(loader));
        }
    }

    /** How many are not collected yet, of how many. */
    static synchronized String alive() {
        System.gc();
        long alive =
                SEEN.stream().filter(reference -> !reference.refersTo(null)).count();
        return alive + " of " + SEEN.size();
    }
}
