package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every class file that passes, and has those woven that hold guarded methods. The look is cheap and knows
 * nothing of Byte Buddy; all else happens only for the few classes that need it.
 *
 * <p>Works inside class loading, on many threads at once and often re-entered: no lock is held, no class of the
 * application's is loaded, nothing is used here for the first time ({@link Warmup}).
 */
final class Finder {

    /** What a class that was loaded before has to do with guarded methods. */
    enum Loaded {
        /** It says of some that they are, and so do the types below it. */
        HANDS_DOWN,
        MAY_MATTER,
        NOTHING
    }

    /** What the first woven class sets off. */
    interface Consequences {
        /** A method of the application's is guarded now. */
        void guarded();

        /** A class has been woven as planned, or nothing of it had to be. */
        void settled(ClassLoader loader, Plan plan);

        /** A type with guarded methods has passed after types below it, which were judged without knowing it. */
        void late(ClassLoader loader, String type);

        /**
         * A method is to be woven, of a class that may have passed before that was known. Waits until that has been done, but
         * not for long.
         */
        void wanted(Adoption adoption);

        /** A class with a method of {@link LastResorts} passes; it may be too early to weave it. */
        void lastResort(ClassLoader loader, String type);
    }

    private final Realms realms;
    private final @Nullable MethodRules rules;
    private final Lineages lineages;
    private final Planner planner;
    private final Workshop workshop;
    private final Guard guard;
    private final Consequences consequences;
    private final Journal journal;

    /** @param rules null: there are none */
    Finder(
            Realms realms,
            @Nullable MethodRules rules,
            Planner planner,
            Guard guard,
            Connection connection,
            Consequences consequences,
            Journal journal) {
        this.realms = realms;
        this.rules = rules;
        this.lineages = new Lineages(realms, rules);
        this.planner = planner;
        this.workshop = new Workshop(new SelfTest(this), connection, journal);
        this.guard = guard;
        this.consequences = consequences;
        this.journal = journal;
    }

    Workshop workshop() {
        return workshop;
    }

    /** The class with its guarded methods woven; null: it stays as it is. */
    byte @Nullable [] look(ClassLoader loader, String type, byte[] file) {
        ClassHead head = head(file);
        if (head == null) {
            return null;
        }
        if (type.equals(Api.BRIDGE)) {
            Loom loom = head.isWoven() ? null : workshop.loom();
            return loom == null ? null : loom.weaveBridge(file);
        }
        String status = Api.springStatusOf(type);
        if (status != null) {
            return SpringStatus.on(file, status);
        }
        if (LastResorts.isOne(type)) {
            return wovenResort(loader, type, file, head);
        }
        Realm realm = realms.of(loader);
        boolean wasAttentive = lineages.isAttentive(loader, realm, head);
        boolean isFirst = !wasAttentive && head.mentionsAnnotation();
        boolean says = lineages.says(type, head);
        if (head.mentionsAnnotation()) {
            lineages.attend();
        } else if (!wasAttentive && !isForSome(type) && !lineages.mayMatterToRules(loader, realm, type, head)) {
            return null;
        }
        if (rules != null && head.mentionsWanted() && !head.isFinal()) {
            lookAhead(rules, loader, realm);
        }
        Lineage ofSuper = lineages.ofSuper(loader, realm, head);
        Lineage above = ofSuper.and(lineages.ofInterfaces(loader, realm, head));
        if (above.isEmpty() && !says && !isForSome(type)) {
            passed(loader, realm, type, head, Lineage.NONE, false);
            return null;
        }
        TypeFile parsed = lineages.parsed(file);
        List<Adoption> adoptions = lineages.adoptions(loader, parsed, ofSuper, above);
        passed(loader, realm, type, head, above.through(parsed).with(adoptions), isFirst);
        if (rules != null) {
            rules.saw(parsed, journal);
        }
        byte[] woven = woven(loader, realm, parsed, above, adoptions, head, file);
        wantAll(adoptions);
        return woven;
    }

    private byte @Nullable [] wovenResort(ClassLoader loader, String type, byte[] file, ClassHead head) {
        if (workshop.ready() == null) { // else it is woven now, and need not be from outside
            consequences.lastResort(loader, type);
        }
        Loom loom = head.isWoven() ? null : workshop.ready();
        return loom == null ? null : LastResorts.woven(loom, type, file, journal);
    }

    private @Nullable ClassHead head(byte[] file) {
        return ClassHead.of(file, rules == null ? null : rules.methodNames());
    }

    private boolean isForSome(String type) {
        return realms.guardedForSome(type) != null;
    }

    /**
     * A class with a method that a rule may mean passes: the rules' classes are read ahead, in case that they inherit from
     * this one. So it is woven when it passes, and not from outside when those pass. Once for each loader.
     */
    private void lookAhead(MethodRules rules, ClassLoader loader, Realm realm) {
        if (!realm.looksAheadFirst()) {
            return;
        }
        for (int i = 0; i < rules.all().size(); i++) {
            String type = rules.all().get(i).internalNames().get(0);
            byte[] file = ClassFiles.read(loader, type);
            ClassHead head = file == null ? null : ClassHead.of(file);
            TypeFile parsed = head == null || file == null ? null : TypeFile.orNull(file);
            if (head != null && parsed != null) {
                Lineage ofSuper = lineages.ofSuper(loader, realm, head);
                Lineage above = ofSuper.and(lineages.ofInterfaces(loader, realm, head));
                List<Adoption> adoptions = lineages.adoptions(loader, lineages.applied(parsed), ofSuper, above);
                for (int j = 0; j < adoptions.size(); j++) {
                    realms.adoptions().expect(adoptions.get(j).method());
                }
            }
        }
    }

    private void wantAll(List<Adoption> adoptions) {
        for (int i = 0; i < adoptions.size(); i++) {
            Adoption adoption = adoptions.get(i);
            if (adoption.isWeavable() && realms.adoptions().add(adoption) && workshop.loom() != null) {
                consequences.wanted(adoption); // the loom is there: the wait is for the weaving alone
            }
        }
    }

    /** What a class that is loaded tells of itself; where that cannot be had, it may matter. */
    Loaded judge(ClassLoader loader, String type, @Nullable ClassHead head) {
        if (head != null && lineages.says(type, head)) {
            return Loaded.HANDS_DOWN;
        }
        boolean mayMatter = head == null
                || isForSome(type)
                || type.equals(Api.BRIDGE)
                || LastResorts.isOne(type)
                || lineages.mayMatterToRules(loader, realms.of(loader), type, head);
        return mayMatter ? Loaded.MAY_MATTER : Loaded.NOTHING;
    }

    /** Whether files of supertypes are going to be read by this loader, as far as can be told before the first class passes. */
    boolean readsFilesBy(ClassLoader loader) {
        return rules != null || Lineages.seesApi(loader);
    }

    /** Looks without consequences, as at a class whose supertypes are read. */
    void rehearse(ClassLoader loader, String type, byte[] file) {
        look(loader, type, file);
        ClassHead head = ClassHead.of(file);
        if (head != null) {
            Realm none = new Realm();
            lineages.ofSuper(loader, none, head).and(lineages.ofInterfaces(loader, none, head));
        }
    }

    /** For the self-test: weaves one class with a guard and a loom of its own. */
    byte @Nullable [] weave(ClassLoader loader, String type, byte[] file, Guard guard, Loom loom) {
        TypeFile parsed = TypeFile.of(file);
        Plan plan = planner.plan(loader, parsed, Lineage.NONE, List.of(), null, guard);
        realms.of(loader).sites(type).become(plan.sites(), plan.adopted());
        return plan.woven().isEmpty() ? null : loom.weave(type, file, plan);
    }

    private void passed(
            ClassLoader loader, Realm realm, String type, ClassHead head, Lineage lineage, boolean firstAtAll) {
        if (!head.isFinal() && !(lineage.isEmpty() && lineages.leavesUnread(type))) {
            realm.lineage(
                    type,
                    lineage); // of a library's types nothing is asked twice: they are most, and would take a megabyte
        }
        boolean judgedWithout = lineages.seen(type);
        if (!lineage.isEmpty() && (judgedWithout || firstAtAll)) {
            consequences.late(loader, type);
        }
    }

    private byte @Nullable [] woven(
            ClassLoader loader,
            Realm realm,
            TypeFile type,
            Lineage above,
            List<Adoption> adoptions,
            ClassHead head,
            byte[] file) {
        Set<String> forSome = realms.guardedForSome(type.name());
        Plan plan = planner.plan(loader, type, above, adoptions, forSome, guard);
        Loom loom = plan.woven().isEmpty() ? null : workshop.loom();
        if (loom == null && !plan.woven().isEmpty()) {
            return null;
        }
        byte[] woven = loom == null || head.isWoven() ? null : loom.weave(type.name(), file, plan);
        if (realm.sites(type.name()).become(plan.sites(), plan.adopted())) {
            realms.adoptions().changed();
        }
        plan.lines().tell(realm, journal);
        consequences.settled(loader, plan);
        if (plan.guardsAny()) {
            consequences.guarded();
        }
        return woven;
    }
}
