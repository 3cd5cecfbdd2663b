package dev.chatstream.agent.instrument;

import java.util.List;
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
    private final @Nullable MethodRules rules;
    private final Set<String> unread = ConcurrentHashMap.newKeySet();
    private volatile boolean attentive;

    /** @param rules null: there are none */
    Lineages(Realms realms, @Nullable MethodRules rules) {
        this.realms = realms;
        this.rules = rules;
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

    /** Whether a type's file is not worth the time, as a library's. Rules may mean any. */
    boolean leavesUnread(String type) {
        return rules == null && KnownLibraries.has(type);
    }

    /**
     * Whether supertypes matter to this class. A loader is asked only for one that may inherit something: the JVM is going to
     * ask it too then, so that a lock of the loader's that another thread has is waited for as it is without the agent.
     */
    boolean isAttentive(ClassLoader loader, Realm realm, ClassHead head) {
        return attentive
                || ((realm.sight() != Realm.Sight.UNKNOWN || head.mentionsAnnotation() || mayInherit(head))
                        && isAttentive(loader, realm));
    }

    /** Whether supertypes matter to classes of this loader. */
    private boolean isAttentive(ClassLoader loader, Realm realm) {
        if (attentive) {
            return true;
        }
        if (realm.sight() == Realm.Sight.UNKNOWN) {
            // two threads may both look: they find the same
            realm.sight(seesApi(loader) ? Realm.Sight.API : Realm.Sight.NO_API);
        }
        return realm.sight() == Realm.Sight.API;
    }

    private static boolean mayInherit(ClassHead head) {
        String superName = head.superName();
        boolean may = superName != null && !superName.startsWith("java/");
        for (int i = 0; !may && i < head.interfaceCount(); i++) {
            may = !head.interfaceName(i).startsWith("java/");
        }
        return may;
    }

    /** What the superclass of the class with this head hands down to it. */
    Lineage ofSuper(ClassLoader loader, Realm realm, ClassHead head) {
        return of(loader, realm, head.superName(), 0);
    }

    /** The same of the interfaces that it names. */
    Lineage ofInterfaces(ClassLoader loader, Realm realm, ClassHead head) {
        return ofInterfaces(loader, realm, head, 0);
    }

    private Lineage ofInterfaces(ClassLoader loader, Realm realm, ClassHead head, int depth) {
        Lineage lineage = Lineage.NONE;
        for (int i = 0; i < head.interfaceCount(); i++) {
            lineage = lineage.and(of(loader, realm, head.interfaceName(i), depth));
        }
        return lineage;
    }

    /** Whether a class, by its head and its name, says of methods that they are guarded, or is named by a rule. */
    boolean says(String type, ClassHead head) {
        return head.mentionsAnnotation() || (rules != null && rules.naming(type) != null);
    }

    /**
     * Whether a class may have to do with what rules guard, in a loader to which annotations do not matter: it is named; or it
     * has a method with such a name, which may override one; or it is below one that is; or it may implement an interface
     * by what it inherits. Of most classes nothing has to be read to tell.
     */
    boolean mayMatterToRules(ClassLoader loader, Realm realm, String type, ClassHead head) {
        if (rules == null) {
            return false;
        }
        if (head.mentionsWanted() || rules.naming(type) != null || unread.contains(type)) {
            return true;
        }
        String superName = head.superName();
        boolean inherits = superName != null && !superName.startsWith("java/");
        return isBelowGuarding(realm, superName, head)
                || (inherits && !ofInterfaces(loader, realm, head).isEmpty());
    }

    private boolean isBelowGuarding(Realm realm, @Nullable String superName, ClassHead head) {
        boolean below = superName != null && isGuarding(realm, superName);
        for (int i = 0; !below && i < head.interfaceCount(); i++) {
            below = isGuarding(realm, head.interfaceName(i));
        }
        return below;
    }

    private boolean isGuarding(Realm realm, String type) {
        Lineage known = realm.lineage(type);
        return rules != null && (rules.naming(type) != null || (known != null && !known.isEmpty()));
    }

    /**
     * The class with what is said of its methods.
     *
     * @throws UnreadableFile where it cannot be parsed
     */
    TypeFile parsed(byte[] file) {
        return applied(TypeFile.of(file));
    }

    TypeFile applied(TypeFile parsed) {
        return rules == null ? parsed : rules.applied(parsed);
    }

    /** What a type adopts; see {@link Heritage#adoptions}. */
    List<Adoption> adoptions(ClassLoader loader, TypeFile type, Lineage ofSuper, Lineage above) {
        return new Heritage(loader, type, rules).adoptions(ofSuper, above);
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
        Lineage lineage = read(loader, realm, type, depth);
        if (lineage == null) {
            realm.markUnread(type);
            unread.add(type);
            Lineage since = realm.lineage(type); // race: it may have passed by itself while it was looked for
            return since == null ? ofParents(loader, type) : since;
        }
        realm.lineage(type, lineage);
        return lineage;
    }

    /** Null where the file is not shown, or cannot be parsed, or is a library's and not worth the time. */
    private @Nullable Lineage read(ClassLoader loader, Realm realm, String type, int depth) {
        byte[] file = leavesUnread(type) ? null : ClassFiles.read(loader, type);
        ClassHead head = file == null ? null : ClassHead.of(file);
        if (file == null || head == null) {
            return null;
        }
        Lineage ofSuper = of(loader, realm, head.superName(), depth + 1);
        Lineage above = ofSuper.and(ofInterfaces(loader, realm, head, depth + 1));
        if (above.isEmpty() && !says(type, head)) {
            return Lineage.NONE;
        }
        TypeFile parsed = TypeFile.orNull(file);
        if (parsed == null) {
            return null;
        }
        TypeFile applied = applied(parsed);
        return above.through(applied).with(adoptions(loader, applied, ofSuper, above));
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

    static boolean seesApi(ClassLoader loader) {
        try {
            return loader.getResource(Api.ANNOTATION_FILE) != null;
        } catch (Throwable cannotSay) { // the application's loader may throw anything
            return true;
        }
    }
}
