package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Finds the methods that a type inherits from others which know nothing of their being guarded: those that a rule means by
 * the name of the type, and those by which a class implements a guarded interface though they stand in a superclass that
 * does not know it. Reads the class files of the types above. Works inside class loading: no lambdas, no streams.
 */
final class Heritage {

    /** No sane hierarchy is deeper. */
    private static final int DEEPEST = 100;

    private final ClassLoader loader;
    private final TypeFile type;
    private final @Nullable MethodRules rules;
    private final List<Adoption> found = new ArrayList<>(0);

    Heritage(ClassLoader loader, TypeFile type, @Nullable MethodRules rules) {
        this.loader = loader;
        this.type = type;
        this.rules = rules;
    }

    /**
     * What the type adopts.
     *
     * @param ofSuper what its superclass hands down, which has seen to its own
     * @param above what all its supertypes do
     */
    List<Adoption> adoptions(Lineage ofSuper, Lineage above) {
        List<MethodRule> naming = rules == null ? null : rules.naming(type.name());
        if (naming != null) {
            named(naming);
        }
        if (!above.isEmpty() && !type.isInterface() && !type.isJdkProxy()) {
            implementedAbove(ofSuper, above);
        }
        return found;
    }

    private void named(List<MethodRule> naming) {
        Set<String> overridden = keys(type, new HashSet<>());
        List<String> interfaces = new ArrayList<>(type.interfaces());
        String above = type.superName();
        for (int depth = 0; above != null && depth < DEEPEST; depth++) {
            TypeFile superclass = read(above, naming);
            if (superclass == null) {
                break;
            }
            inherit(superclass, naming, overridden);
            keys(superclass, overridden);
            interfaces.addAll(superclass.interfaces());
            above = superclass.superName();
        }
        // defaults of several interfaces: whichever the JVM chooses is guarded
        for (int i = 0; i < interfaces.size() && i < DEEPEST; i++) {
            TypeFile inherited = interfaces.indexOf(interfaces.get(i)) < i ? null : read(interfaces.get(i), naming);
            if (inherited != null) {
                inherit(inherited, naming, overridden);
                interfaces.addAll(inherited.interfaces());
            }
        }
    }

    private static Set<String> keys(TypeFile type, Set<String> into) {
        for (int i = 0; i < type.methods().size(); i++) {
            if (type.methods().get(i).isInheritable()) {
                into.add(type.methods().get(i).key());
            }
        }
        return into;
    }

    private void inherit(TypeFile from, List<MethodRule> naming, Set<String> overridden) {
        for (int i = 0; i < from.methods().size(); i++) {
            MethodFile method = from.methods().get(i);
            MethodRule rule = method.isMadeByCompiler() ? null : MethodRules.best(naming, method);
            if (rule != null && !overridden.contains(method.key())) {
                inherit(from, method, rule);
            }
        }
    }

    private void inherit(TypeFile from, MethodFile method, MethodRule rule) {
        String why = whyNotInherited(method);
        if (why == null) {
            found.add(new Adoption(method, new Declaration(method, rule.elements()), from.isInterface()));
        } else {
            rule.outcome().obstacle(method.readable() + " " + why);
        }
    }

    private @Nullable String whyNotInherited(MethodFile method) {
        String instead = ": name it as " + readable(method.owner()) + "#" + method.name();
        if (method.is(Opcodes.ACC_STATIC)) {
            return "is static, so that no call tells by which class it was named" + instead;
        }
        if (method.is(Opcodes.ACC_PRIVATE)) {
            return "is private there, and not inherited" + instead;
        }
        return method.isSeenFrom(type) ? null : "is not seen from another package, nor inherited" + instead;
    }

    private @Nullable TypeFile read(String name, List<MethodRule> naming) {
        TypeFile read = TypeFile.read(loader, name);
        if (read != null) {
            return read;
        }
        for (int i = 0; i < naming.size() && !name.startsWith("java/"); i++) {
            if (!naming.get(i).picksOverload() || !declares(naming.get(i))) {
                naming.get(i).outcome().unread(readable(type.name()), readable(name));
            }
        }
        return null;
    }

    private boolean declares(MethodRule rule) {
        for (int i = 0; i < type.methods().size(); i++) {
            if (rule.names(type.methods().get(i))) {
                return true;
            }
        }
        return false;
    }

    private void implementedAbove(Lineage ofSuper, Lineage above) {
        for (Map.Entry<String, Lineage.Inherited> each : above.byMethod().entrySet()) {
            Lineage.Inherited inherited = each.getValue();
            if (inherited.ofInterface() && !ofSuper.byMethod().containsKey(each.getKey())) {
                MethodFile body = bodyAbove(implementation(each.getKey()));
                if (body != null) {
                    found.add(new Adoption(body, inherited.declaration(), false));
                }
            }
        }
    }

    /** The method to look for above; null: it is implemented here. */
    private @Nullable String implementation(String key) {
        MethodFile own = type.method(key);
        if (own == null) {
            return key;
        }
        String target = own.bridgedTo();
        return target == null || type.method(target) != null ? null : target;
    }

    /** Null also where the method says itself that it is guarded: that counts for all its receivers. */
    private @Nullable MethodFile bodyAbove(@Nullable String key) {
        String superName = key == null ? null : type.superName();
        for (int depth = 0; superName != null && depth < DEEPEST; depth++) {
            TypeFile read = TypeFile.read(loader, superName);
            if (read == null) {
                return null;
            }
            TypeFile superclass = rules == null ? read : rules.applied(read);
            MethodFile method = key == null ? null : superclass.method(key);
            if (method != null && method.isInheritable()) {
                return method.hasBody() && method.elements() == null ? method : null;
            }
            superName = superclass.superName();
        }
        return null;
    }

    private static String readable(String internalName) {
        return internalName.replace('/', '.');
    }
}
