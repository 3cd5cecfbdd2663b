package dev.chatstream.agent.instrument;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;

/**
 * Weaves class files with Byte Buddy. The class is decorated: bodies are extended, and no member is added or changed, so
 * that every JVM accepts the result for a class that is loaded already.
 *
 * <p>Byte Buddy is loaded with this class, a third of a second: hence only once there is something to weave.
 */
final class Loom {

    private static final String OWN_PACKAGE = "dev.chatstream.agent.instrument.";

    /** Looks at the class alone: a graph of its methods would have the files of all its supertypes read. */
    private final ByteBuddy byteBuddy =
            new ByteBuddy().with(TypeValidation.DISABLED).with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE);

    private final Advice call;
    private final Advice valueCall;
    private final Advice givenCall;
    private final Advice givenValueCall;
    private final Advice bridge;

    Loom() {
        ClassFileLocator own = ClassFileLocator.ForClassLoader.of(Loom.class.getClassLoader());
        TypePool types = TypePool.Default.of(own);
        this.call = advice(types, own, "WovenCall");
        this.valueCall = advice(types, own, "WovenValueCall");
        this.givenCall = advice(types, own, "WovenGivenCall");
        this.givenValueCall = advice(types, own, "WovenGivenValueCall");
        this.bridge = advice(types, own, "WovenBridge");
    }

    private static Advice advice(TypePool types, ClassFileLocator own, String name) {
        return Advice.to(types.describe(OWN_PACKAGE + name).resolve(), own).withAssigner(NamesOnlyAssigner.INSTANCE);
    }

    /** The class with its methods woven as planned. */
    byte[] weave(ClassLoader loader, String type, byte[] file, Plan plan) {
        TypePool types = types(loader, type, file);
        return byteBuddy
                .decorate(described(types, type), locator(loader, type, file))
                .visit(call.on(new Planned(plan, false, false)))
                .visit(valueCall.on(new Planned(plan, true, false)))
                .visit(givenCall.on(new Planned(plan, false, true)))
                .visit(givenValueCall.on(new Planned(plan, true, true)))
                .make(TypeResolutionStrategy.Disabled.INSTANCE, types)
                .getBytes();
    }

    /** A copy of the API's seam. */
    byte[] weaveBridge(ClassLoader loader, byte[] file) {
        TypePool types = types(loader, Api.BRIDGE, file);
        return byteBuddy
                .decorate(described(types, Api.BRIDGE), locator(loader, Api.BRIDGE, file))
                .visit(bridge.on(new Chosen(Api.BRIDGE_METHOD)))
                .make(TypeResolutionStrategy.Disabled.INSTANCE, types)
                .getBytes();
    }

    private static TypePool types(ClassLoader loader, String type, byte[] file) {
        return TypePool.Default.WithLazyResolution.of(locator(loader, type, file));
    }

    private static TypeDescription described(TypePool types, String type) {
        return types.describe(type.replace('/', '.')).resolve();
    }

    private static ClassFileLocator locator(ClassLoader loader, String type, byte[] file) {
        return new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(type.replace('/', '.'), file), new Reading(loader));
    }

    /** Other types are read as files, should Byte Buddy ask for any; it must never load one. */
    private record Reading(ClassLoader loader) implements ClassFileLocator {
        @Override
        public Resolution locate(String name) {
            byte[] file = ClassFiles.read(loader, name.replace('.', '/'));
            return file == null ? new Resolution.Illegal(name) : new Resolution.Explicit(file);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private record Planned(Plan plan, boolean returnsObject, boolean followsArguments)
            implements ElementMatcher<MethodDescription> {
        @Override
        public boolean matches(MethodDescription method) {
            String key = method.getInternalName() + method.getDescriptor();
            return plan.woven().contains(key)
                    && returnsObject != returnsPrimitive(method.getDescriptor())
                    && followsArguments == plan.followsArguments(key);
        }

        private static boolean returnsPrimitive(String descriptor) {
            char returned = descriptor.charAt(descriptor.indexOf(')') + 1);
            return returned != 'L' && returned != '[';
        }
    }

    /** The API's own. */
    private record Chosen(String only) implements ElementMatcher<MethodDescription> {
        @Override
        public boolean matches(MethodDescription method) {
            return only.equals(method.getInternalName() + method.getDescriptor());
        }
    }
}
