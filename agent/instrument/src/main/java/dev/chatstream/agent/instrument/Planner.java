package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.shapes.Shapes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Decides which methods of a class are guarded, and says what cannot be. Works inside class loading: no lambdas, no streams. */
final class Planner {

    private final Shapes shapes;
    private final boolean strict;

    Planner(Shapes shapes, boolean strict) {
        this.shapes = shapes;
        this.strict = strict;
    }

    /**
     * The plan for a class.
     *
     * @param above what the class inherits
     * @param adoptions what it adopts
     * @param forSome the methods of its own that types below adopt, by name and descriptor; null: none
     */
    Plan plan(
            ClassLoader loader,
            TypeFile type,
            Lineage above,
            List<Adoption> adoptions,
            @Nullable Set<String> forSome,
            Guard guard) {
        Lines lines = new Lines();
        SiteMaker maker = new SiteMaker(loader, type, shapes, guard, lines);
        Map<String, Site> sites = new HashMap<>();
        for (int i = 0; i < type.methods().size(); i++) {
            MethodFile method = type.methods().get(i);
            Declaration declaration = above.declarationOf(type, method);
            if (declaration != null && !delegates(type, above, method, lines)) {
                Site site = site(method, declaration, "", maker, lines);
                if (site != null) {
                    sites.put(method.key(), site);
                }
            }
        }
        Map<String, Site> adopted = adopted(type, adoptions, maker, lines);
        if (forSome != null) {
            addThoseForSome(loader, type, forSome, sites);
        }
        Set<String> woven = new HashSet<>(sites.keySet());
        addBridges(type, sites);
        tellOfLambdas(type, lines);
        return new Plan(sites, adopted, woven, lines);
    }

    private Map<String, Site> adopted(TypeFile type, List<Adoption> adoptions, SiteMaker maker, Lines lines) {
        Map<String, Site> sites = new HashMap<>();
        for (int i = 0; i < adoptions.size(); i++) {
            Adoption adoption = adoptions.get(i);
            Site site = site(
                    adoption.method(),
                    adoption.declaration(),
                    " for objects of " + type.name().replace('/', '.'),
                    maker,
                    lines);
            if (site != null) {
                sites.put(adoption.body(), site);
            }
        }
        return sites;
    }

    private void addThoseForSome(ClassLoader loader, TypeFile type, Set<String> forSome, Map<String, Site> sites) {
        for (int i = 0; i < type.methods().size(); i++) {
            MethodFile method = type.methods().get(i);
            if (forSome.contains(method.key()) && method.isInheritable() && method.hasBody()) {
                boolean follows = new ParameterTypes(loader, shapes).anyFollowed(method);
                String body = method.owner() + '.' + method.key();
                sites.put(method.key(), new Site.ByReceiver(body, sites.get(method.key()), follows));
            }
        }
    }

    /** Null: the method stays as it is. */
    private @Nullable Site site(
            MethodFile method, Declaration declaration, String whose, SiteMaker maker, Lines lines) {
        if (method.is(Opcodes.ACC_ABSTRACT)) {
            declaration.obstacle(
                    method,
                    "is abstract, and no method that implements it was loaded; lambdas that do cannot be guarded");
            return null; // those that implement it are
        }
        String obstacle = obstacle(method);
        if (obstacle != null) {
            lines.notGuarded(method, declaration, obstacle);
            return null;
        }
        try {
            Site.Guarded site = maker.make(method, declaration);
            lines.guarded(method, declaration, whose, site);
            return site;
        } catch (Mistake mistake) {
            if (maker.mayDelegate()) {
                String told = Lines.notGuarded(method, declaration) + mistake.getMessage() + '.';
                return new Site.OfTarget(told, strict, new AtomicBoolean());
            }
            String end = strict ? "; strict=true: calling it throws IllegalStateException." : ".";
            lines.notGuarded(method, declaration, mistake.getMessage() + end);
            return strict ? new Site.Broken(method.readable() + ": " + mistake.getMessage()) : null;
        }
    }

    private static @Nullable String obstacle(MethodFile method) {
        if (method.isConstructor()) {
            return "constructors cannot be guarded; annotate the method that streams.";
        }
        if (method.is(Opcodes.ACC_NATIVE)) {
            return "native methods have no body to guard; annotate a method that calls it.";
        }
        return method.owner().startsWith("java/")
                ? "it is inherited from the JDK, whose classes are not woven; override it."
                : null;
    }

    /** Whether a generated subclass overrides a guarded body only to delegate to it, or to mock it. */
    private static boolean delegates(TypeFile type, Lineage above, MethodFile method, Lines lines) {
        if (Generated.isMock(type.name())) {
            lines.add(Level.DEBUG, "woven", method.readable() + " is a mock's, and is left alone.");
            return true;
        }
        Lineage.Inherited overridden = method.elements() == null ? above.overriddenBy(type, method) : null;
        if (overridden == null || !overridden.hasGuardedBody() || !Generated.isNamedSo(type.name())) {
            return false;
        }
        lines.add(Level.DEBUG, "woven", method.readable() + " only delegates to a guarded method, and is left alone.");
        return true;
    }

    /** Lambdas are hidden classes, which the JVM hands to no agent. */
    private static void tellOfLambdas(TypeFile type, Lines lines) {
        MethodFile only = type.isInterface() ? type.onlyAbstractMethod() : null;
        if (only != null && only.elements() != null) {
            lines.add(
                    Level.INFO,
                    "remark",
                    only.readable()
                            + ": classes that implement it are guarded, lambdas cannot be; where a lambda streams,"
                            + " guard the method that calls it.");
        }
    }

    private static void addBridges(TypeFile type, Map<String, Site> sites) {
        List<MethodFile> methods = type.methods();
        for (int i = 0; i < methods.size(); i++) {
            String target = methods.get(i).bridgedTo();
            Site site = target == null ? null : sites.get(target);
            if (site != null) {
                sites.put(methods.get(i).key(), site);
            }
        }
    }
}
