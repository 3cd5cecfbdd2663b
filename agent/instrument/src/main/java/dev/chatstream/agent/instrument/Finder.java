package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every class file that passes, and has those woven that hold guarded methods. The look is cheap and knows
 * nothing of Byte Buddy; all else happens only for the few classes that need it.
 *
 * <p>Works inside class loading, on many threads at once and often re-entered: no lock is held, no class of the
 * application's is loaded, nothing is used here for the first time ({@link Warmup}).
 */
final class Finder {

    /** What the first woven class sets off. */
    interface Consequences {
        /** A method of the application's is guarded now. */
        void guarded();

        /** A type with guarded methods has passed after types below it, which were judged without knowing it. */
        void late(ClassLoader loader, String type);
    }

    private final Realms realms;
    private final Lineages lineages;
    private final Planner planner;
    private final Workshop workshop;
    private final Guard guard;
    private final Consequences consequences;
    private final Journal journal;

    Finder(Realms realms, Planner planner, Guard guard, Consequences consequences, Journal journal) {
        this.realms = realms;
        this.lineages = new Lineages(realms);
        this.planner = planner;
        this.workshop = new Workshop(new SelfTest(this), journal);
        this.guard = guard;
        this.consequences = consequences;
        this.journal = journal;
    }

    Workshop workshop() {
        return workshop;
    }

    /** The class with its guarded methods woven; null: it stays as it is. */
    byte @Nullable [] look(ClassLoader loader, String type, byte[] file) {
        ClassHead head = ClassHead.of(file);
        if (head == null) {
            return null;
        }
        if (type.equals(Api.BRIDGE)) {
            Loom loom = head.isWoven() ? null : workshop.loom();
            return loom == null ? null : loom.weaveBridge(loader, file);
        }
        Realm realm = realms.of(loader);
        boolean wasAttentive = lineages.isAttentive(loader, realm);
        if (head.mentionsAnnotation()) {
            lineages.attend();
        } else if (!wasAttentive) {
            return null;
        }
        Lineage above = lineages.above(loader, realm, head);
        if (above.isEmpty() && !head.mentionsAnnotation()) {
            passed(loader, realm, type, head, Lineage.NONE, false);
            return null;
        }
        TypeFile parsed = TypeFile.of(file);
        passed(loader, realm, type, head, above.through(parsed), !wasAttentive);
        return woven(loader, realm, parsed, above, head, file);
    }

    /** Whether a class that is loaded may hold guarded methods, by its file; where that cannot be had, it may. */
    boolean isWorthALook(ClassLoader loader, String type) {
        byte[] file = ClassFiles.read(loader, type);
        ClassHead head = file == null ? null : ClassHead.of(file);
        if (head == null || head.mentionsAnnotation() || type.equals(Api.BRIDGE)) {
            return true;
        }
        Realm realm = realms.of(loader);
        return lineages.isAttentive(loader, realm)
                && !lineages.above(loader, realm, head).isEmpty();
    }

    /** Looks without consequences, as at a class whose supertypes are read. */
    void rehearse(ClassLoader loader, String type, byte[] file) {
        look(loader, type, file);
        ClassHead head = ClassHead.of(file);
        if (head != null) {
            lineages.above(loader, new Realm(), head);
        }
    }

    /** For the self-test: weaves one class with a guard and a loom of its own. */
    byte @Nullable [] weave(ClassLoader loader, String type, byte[] file, Guard guard, Loom loom) {
        TypeFile parsed = TypeFile.of(file);
        Plan plan = planner.plan(loader, parsed, Lineage.NONE, guard);
        realms.of(loader).sites(type).become(plan.sites());
        return plan.woven().isEmpty() ? null : loom.weave(loader, type, file, plan);
    }

    private void passed(
            ClassLoader loader, Realm realm, String type, ClassHead head, Lineage lineage, boolean firstAtAll) {
        if (!head.isFinal()) {
            realm.lineage(type, lineage);
        }
        boolean judgedWithout = lineages.seen(type);
        if (!lineage.isEmpty() && (judgedWithout || firstAtAll)) {
            consequences.late(loader, type);
        }
    }

    private byte @Nullable [] woven(
            ClassLoader loader, Realm realm, TypeFile type, Lineage above, ClassHead head, byte[] file) {
        Plan plan = planner.plan(loader, type, above, guard);
        if (plan.woven().isEmpty()) {
            plan.lines().tell(realm, journal);
            return null;
        }
        Loom loom = workshop.loom();
        if (loom == null) {
            return null;
        }
        byte[] woven = head.isWoven() ? null : loom.weave(loader, type.name(), file, plan);
        realm.sites(type.name()).become(plan.sites());
        plan.lines().tell(realm, journal);
        consequences.guarded();
        return woven;
    }
}
