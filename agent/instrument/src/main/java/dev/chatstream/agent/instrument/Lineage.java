package dev.chatstream.agent.instrument;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The guarded methods that a type hands down to the types below it. Most types hand down none, and then share
 * {@link #NONE}: to tell so nothing of Byte Buddy is loaded.
 */
final class Lineage {

    static final Lineage NONE = new Lineage(new HashMap<>());

    /**
     * A guarded method, as a type below inherits it.
     *
     * @param method the nearest one
     * @param declaration where it is said to be guarded
     * @param ofInterface whether that one belongs to an interface: then a class above may be the one that implements it
     */
    record Inherited(MethodFile method, Declaration declaration, boolean ofInterface) {

        /** Whether there is a guarded body above, to which a generated subclass delegates. */
        boolean hasGuardedBody() {
            return method.hasBody();
        }
    }

    private final Map<String, Inherited> byMethod;

    private Lineage(Map<String, Inherited> byMethod) {
        this.byMethod = byMethod;
    }

    boolean isEmpty() {
        return byMethod.isEmpty();
    }

    Map<String, Inherited> byMethod() {
        return byMethod;
    }

    /** This and what another supertype hands down; where both name a method, this one's counts. */
    Lineage and(Lineage further) {
        if (isEmpty() || further.isEmpty()) {
            return isEmpty() ? further : this;
        }
        Map<String, Inherited> both = new HashMap<>(further.byMethod);
        both.putAll(byMethod);
        return new Lineage(both);
    }

    /** What a type hands down that itself inherits this. */
    Lineage through(TypeFile type) {
        Map<String, Inherited> below = new HashMap<>(byMethod);
        for (int i = 0; i < type.methods().size(); i++) {
            MethodFile method = type.methods().get(i);
            Declaration declaration = declarationOf(type, method);
            if (declaration != null && method.isInheritable()) {
                below.put(method.key(), new Inherited(method, declaration, type.isInterface()));
            }
        }
        for (int i = 0; i < type.methods().size(); i++) {
            MethodFile bridge = type.methods().get(i);
            Inherited bridged = bridge.bridgedTo() == null ? null : below.get(bridge.bridgedTo());
            if (bridged != null && below.containsKey(bridge.key())) {
                below.put(bridge.key(), bridged); // either descriptor leads to the same body
            }
        }
        return below.isEmpty() ? NONE : new Lineage(below);
    }

    /** This, where a type inherits methods to which more applies than is said of them. */
    Lineage with(List<Adoption> adoptions) {
        if (adoptions.isEmpty()) {
            return this;
        }
        Map<String, Inherited> all = new HashMap<>(byMethod);
        for (int i = 0; i < adoptions.size(); i++) {
            Adoption adoption = adoptions.get(i);
            all.put(
                    adoption.method().key(),
                    new Inherited(adoption.method(), adoption.declaration(), adoption.ofInterface()));
        }
        return new Lineage(all);
    }

    /** Where a method of a type that inherits this is said to be guarded, if anywhere: nearest first. */
    @Nullable
    Declaration declarationOf(TypeFile type, MethodFile method) {
        if (method.isMadeByCompiler()) {
            return null;
        }
        if (method.elements() != null) {
            return new Declaration(method, method.elements());
        }
        Inherited overridden = overriddenBy(type, method);
        return overridden == null ? null : overridden.declaration();
    }

    /** The inherited method that this one overrides or implements. */
    @Nullable
    Inherited overriddenBy(TypeFile type, MethodFile method) {
        if (isEmpty() || !method.isInheritable() || method.isMadeByCompiler()) {
            return null;
        }
        Inherited direct = byMethod.get(method.key());
        if (direct != null && direct.method().isSeenFrom(type)) {
            return direct;
        }
        return bridgedTo(type, method.key());
    }

    /** A generic or covariant method overrides another descriptor: the compiler's bridge tells which. */
    private @Nullable Inherited bridgedTo(TypeFile type, String key) {
        for (int i = 0; i < type.methods().size(); i++) {
            MethodFile bridge = type.methods().get(i);
            if (key.equals(bridge.bridgedTo())) {
                Inherited bridged = byMethod.get(bridge.key());
                if (bridged != null && bridged.method().isSeenFrom(type)) {
                    return bridged;
                }
            }
        }
        return null;
    }
}
