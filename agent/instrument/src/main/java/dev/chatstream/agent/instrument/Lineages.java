package dev.chatstream.agent.instrument;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the supertypes of a class hand down to it. The JVM shows a class to the transformer before those of its
 * supertypes that are not loaded yet, so these are read as files, each once; no class is loaded here.
 *
 * <p>Files are read only where the loader sees the API, or once an annotated class was seen anywhere. Races: two threads
 * may read the same file, and put the same answer. A type whose file could not be had, and which is annotated after all,
 * is noticed when it passes by itself ({@link #seen}).
 */
final class Lineages {

    /** No sane hierarchy is deeper; a circular one, which the JVM is going to refuse, is. */
    private static final int DEEPEST = 100;

    private final Realms realms;
    private final Set<String> unread = ConcurrentHashMap.newKeySet();
    private volatile boolean attentive;

    Lineages(Realms realms) {
        this.realms = realms;
    }

    /** An annotated class was seen: from now on every loader's supertypes are read. */
    void attend() {
        attentive = true;
    }

    /**
     * A type passes by itself.
     *
     * @return whether types below it may have been judged without knowing it, since its file could not be had
     */
    boolean seen(String type) {
        return unread.remove(type);
    }

    boolean isAttentive(ClassLoader loader, Realm realm) {
        if (attentive) {
            return true;
        }
        if (realm.sight() == Realm.Sight.UNKNOWN) {
            // two threads may both look: they find the same
            realm.sight(seesApi(loader) ? Realm.Sight.API : Realm.Sight.NO_API);
        }
        return realm.sight() == Realm.Sight.API;
    }

    /** What the supertypes of the class with this head hand down to it. */
    Lineage above(ClassLoader loader, Realm realm, ClassHead head) {
        return above(loader, realm, head, 0);
    }

    private Lineage above(ClassLoader loader, Realm realm, ClassHead head, int depth) {
        Lineage lineage = of(loader, realm, head.superName(), depth);
        for (int i = 0; i < head.interfaceCount(); i++) {
            lineage = lineage.and(of(loader, realm, head.interfaceName(i), depth));
        }
        return lineage;
    }

    private Lineage of(ClassLoader loader, Realm realm, @Nullable String type, int depth) {
        if (type == null || type.startsWith("java/") || depth > DEEPEST) {
            return Lineage.NONE;
        }
        Lineage known = realm.lineage(type);
        if (known != null) {
            return known;
        }
        if (realm.isUnread(type)) {
            return ofParents(loader, type);
        }
        byte[] file = ClassFiles.read(loader, type);
        ClassHead head = file == null ? null : ClassHead.of(file);
        if (file == null || head == null) {
            realm.markUnread(type);
            unread.add(type);
            Lineage since = realm.lineage(type); // race: it may have passed by itself while it was looked for
            return since == null ? ofParents(loader, type) : since;
        }
        Lineage above = above(loader, realm, head, depth + 1);
        Lineage lineage =
                above.isEmpty() && !head.mentionsAnnotation() ? Lineage.NONE : above.through(TypeFile.of(file));
        realm.lineage(type, lineage);
        return lineage;
    }

    /** A type whose file its user's loader does not show may be known where it was defined. */
    private Lineage ofParents(ClassLoader loader, String type) {
        for (ClassLoader parent = loader.getParent(); parent != null; parent = parent.getParent()) {
            Realm realm = realms.known(parent);
            Lineage known = realm == null ? null : realm.lineage(type);
            if (known != null) {
                return known;
            }
        }
        return Lineage.NONE;
    }

    private static boolean seesApi(ClassLoader loader) {
        try {
            return loader.getResource(Api.ANNOTATION_FILE) != null;
        } catch (RuntimeException | LinkageError cannotSay) {
            return true;
        }
    }
}
