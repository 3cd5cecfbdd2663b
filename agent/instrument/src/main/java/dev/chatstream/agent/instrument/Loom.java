package dev.chatstream.agent.instrument;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

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

    private final ClassFileLocator own = ClassFileLocator.ForClassLoader.of(Loom.class.getClassLoader());
    private final TypePool ownTypes = TypePool.Default.of(own);

    /** Each is made with the first method that needs it; race: two threads may make the same. */
    private final Map<String, Advice> advices = new ConcurrentHashMap<>();

    private Advice advice(String name) {
        Advice advice = advices.get(name);
        if (advice == null) {
            advice = Advice.to(ownTypes.describe(OWN_PACKAGE + name).resolve(), own)
                    .withAssigner(NamesOnlyAssigner.INSTANCE);
            advices.put(name, advice);
        }
        return advice;
    }

    /** The class with its methods woven as planned. */
    byte[] weave(ClassLoader loader, String type, byte[] file, Plan plan) {
        TypePool types = types(loader, type, file);
        DynamicType.Builder<?> builder = byteBuddy.decorate(described(types, type), locator(loader, type, file));
        for (Around around : Around.ALL) {
            if (around.isIn(plan)) {
                builder = builder.visit(advice(around.code).on(new Planned(plan, around)));
            }
        }
        return builder.make(TypeResolutionStrategy.Disabled.INSTANCE, types).getBytes();
    }

    /** A copy of the API's seam. */
    byte[] weaveBridge(ClassLoader loader, byte[] file) {
        return weaveOne(loader, Api.BRIDGE, file, "WovenBridge", Api.BRIDGE_METHOD);
    }

    /** A JAX-RS runtime's lookup of mappers; null: the class has no such method. */
    byte @Nullable [] weaveMapperLookup(ClassLoader loader, String type, byte[] file) {
        for (MethodDescription method :
                described(types(loader, type, file), type).getDeclaredMethods()) {
            String key = method.getInternalName() + method.getDescriptor();
            if (MapperLookups.methods(type).contains(key)) {
                return weaveOne(loader, type, file, "WovenMapperLookup", key);
            }
        }
        return null;
    }

    private byte[] weaveOne(ClassLoader loader, String type, byte[] file, String code, String method) {
        TypePool types = types(loader, type, file);
        return byteBuddy
                .decorate(described(types, type), locator(loader, type, file))
                .visit(advice(code).on(new Chosen(method)))
                .make(TypeResolutionStrategy.Disabled.INSTANCE, types)
                .getBytes();
    }

    /** What stands around a method: what is woven differs by what it returns and whether it is given something to follow. */
    private enum Around {
        CALL("WovenCall", false, false),
        VALUE_CALL("WovenValueCall", true, false),
        GIVEN_CALL("WovenGivenCall", false, true),
        GIVEN_VALUE_CALL("WovenGivenValueCall", true, true);

        private static final Around[] ALL = values();

        private final String code;
        private final boolean returnsObject;
        private final boolean followsArguments;

        Around(String code, boolean returnsObject, boolean followsArguments) {
            this.code = code;
            this.returnsObject = returnsObject;
            this.followsArguments = followsArguments;
        }

        boolean isIn(Plan plan) {
            for (String key : plan.woven()) {
                if (isFor(key, plan)) {
                    return true;
                }
            }
            return false;
        }

        /** @param key name and descriptor */
        boolean isFor(String key, Plan plan) {
            char returned = key.charAt(key.lastIndexOf(')') + 1);
            return returnsObject == (returned == 'L' || returned == '[')
                    && followsArguments == plan.followsArguments(key);
        }
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

    private record Planned(Plan plan, Around around) implements ElementMatcher<MethodDescription> {
        @Override
        public boolean matches(MethodDescription method) {
            String key = method.getInternalName() + method.getDescriptor();
            return plan.woven().contains(key) && around.isFor(key, plan);
        }
    }

    private record Chosen(String only) implements ElementMatcher<MethodDescription> {
        @Override
        public boolean matches(MethodDescription method) {
            return only.equals(method.getInternalName() + method.getDescriptor());
        }
    }
}
