package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.shapes.Shapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Plans the weaving of an application from its class files alone, by what plans it while they load ({@link Finder}): the
 * lineages, the adoptions, the plans are the same, over a loader that shows files. Weaves nothing, and loads nothing.
 */
final class Checker {

    /** An abstract method that is said to be guarded: those that implement it are. */
    private record Abstract(TypeFile type, MethodFile method) {}

    private static final Guard NOBODY = call -> {
        throw new IllegalStateException("nothing is called here");
    };

    private final GivenPaths given;
    private final @Nullable MethodRules rules;
    private final List<String> mistakes = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Journal journal = new Remarking();
    private final Shapes shapes = Shapes.ofDeclaredTypes(journal);
    private final Planner planner = new Planner(shapes, false);
    private final Findings findings = new Findings();
    private final GivenClasses loader;
    private final Realm realm;
    private final Lineages lineages;
    private final List<Abstract> open = new ArrayList<>();
    private final Set<String> implemented = new HashSet<>();
    private final Set<MethodRule> saidOf = new HashSet<>();

    private Checker(GivenPaths given, @Nullable MethodRules rules) {
        this.given = given;
        this.rules = rules;
        this.loader = new GivenClasses(given.byType());
        Realms realms = new Realms();
        this.realm = realms.of(loader);
        this.lineages = new Lineages(realms, rules);
        lineages.attend();
    }

    static Weaving.Checked check(List<Path> paths, MethodRules rules) throws InterruptedException {
        GivenPaths given = GivenPaths.of(paths);
        return new Checker(given, rules.isEmpty() ? null : rules).check();
    }

    private Weaving.Checked check() throws InterruptedException {
        mistakes.addAll(given.problems());
        GivenHeads heads = GivenHeads.read(given.byType(), rules);
        for (String type : heads.worthALook()) {
            look(type);
        }
        for (String type : heads.unreadable()) {
            remarks.add(type.replace('/', '.') + ": its class file is none that can be read; it is left alone.");
        }
        open.forEach(this::unlessImplemented);
        addIdleRules();
        return new Weaving.Checked(
                findings.findings(), mistakes, remarks, given.byType().size());
    }

    private void look(String type) {
        byte[] file = ClassFiles.read(loader, type);
        ClassHead head = file == null ? null : ClassHead.of(file);
        if (file == null || head == null) {
            return;
        }
        try {
            look(type, head, file);
        } catch (RuntimeException | LinkageError unreadable) {
            mistakes.add(type.replace('/', '.') + " cannot be read, and would run unguarded: " + unreadable);
        }
    }

    private void look(String type, ClassHead head, byte[] file) {
        Lineage ofSuper = lineages.ofSuper(loader, realm, head);
        Lineage above = ofSuper.and(lineages.ofInterfaces(loader, realm, head));
        if (above.isEmpty() && !lineages.says(type, head)) {
            return;
        }
        TypeFile parsed = lineages.parsed(file);
        List<Adoption> adoptions = lineages.adoptions(loader, parsed, ofSuper, above);
        realm.lineage(type, above.through(parsed).with(adoptions));
        if (rules != null) {
            rules.saw(parsed, journal);
        }
        settle(planner.plan(loader, parsed, above, adoptions, null, NOBODY).lines());
        for (MethodFile method : parsed.methods()) {
            if (method.is(Opcodes.ACC_ABSTRACT) && method.elements() != null) {
                open.add(new Abstract(parsed, method));
            }
        }
    }

    private void settle(Lines lines) {
        findings.take(loader, lines, shapes);
        for (Lines.Guarded guarded : lines.guarded()) {
            guarded.declaration().guards(guarded.method());
            implemented.add(body(guarded.declaration().method()));
        }
        for (Lines.NotGuarded not : lines.notGuarded()) {
            implemented.add(body(not.declaration().method()));
            MethodRule rule = not.declaration().elements().rule();
            if (rule != null) {
                saidOf.add(rule);
            }
        }
    }

    private static String body(MethodFile method) {
        return method.owner() + '.' + method.key();
    }

    private void unlessImplemented(Abstract method) {
        Elements elements = method.method().elements();
        if (elements != null && !implemented.contains(body(method.method()))) {
            Declaration declaration = new Declaration(method.method(), elements);
            Lines lines = new Lines();
            unimplemented(method, declaration, lines);
            settle(lines);
        }
    }

    /** What is made at run time may implement an interface; what it says has to be right all the same. */
    private void unimplemented(Abstract unimplemented, Declaration declaration, Lines lines) {
        MethodFile method = unimplemented.method();
        SiteMaker maker = new SiteMaker(loader, unimplemented.type(), shapes, NOBODY, lines);
        try {
            Site.Guarded site = maker.make(method, declaration);
            if (unimplemented.type().isInterface()) {
                lines.guarded(method, declaration, "", site);
                lines.remark(
                        method,
                        "nothing that was given implements it: what is made at run time, such as a JDK proxy, is"
                                + " guarded, lambdas cannot be.");
            } else {
                lines.notGuarded(method, declaration, "it is abstract, and nothing that was given implements it.");
            }
        } catch (Mistake mistake) {
            lines.notGuarded(method, declaration, mistake.getMessage() + ".");
        }
    }

    private void addIdleRules() {
        if (rules == null) {
            return;
        }
        List<String> names = new ArrayList<>();
        for (String type : given.byType().keySet()) {
            names.add(type.replace('/', '.'));
        }
        List<MethodRule> unsaid = new ArrayList<>(rules.all());
        unsaid.removeAll(saidOf);
        mistakes.addAll(RuleReport.ofFiles(names).idle(unsaid));
    }

    /** What the parts have to say while they look. */
    private final class Remarking implements Journal {
        @Override
        public boolean tells(Level level) {
            return level.compareTo(Level.WARN) <= 0;
        }

        @Override
        public void tell(Level level, String kind, String message, @Nullable Throwable cause) {
            remarks.add(cause == null ? message : message + " " + cause);
        }
    }
}
