package dev.chatstream.agent.instrument;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a JDK proxy that only delegates from one that is the implementation (LangChain4j's AiServices, HTTP clients). The
 * class file does not tell, the object may: Spring's proxies name the class of their target. Where nothing is known the
 * proxy's call is guarded, and a guarded target joins it.
 */
final class ProxyTargets {

    static final String SPRING = "org.springframework.aop.framework.Advised";
    private static final MethodType TARGET_CLASS = MethodType.methodType(Class.class);

    private final Sites sites;
    private final ClassValue<Optional<MethodHandle>> targetClass = new ClassValue<>() {
        @Override
        protected Optional<MethodHandle> computeValue(Class<?> proxy) {
            return find(proxy);
        }
    };

    ProxyTargets(Sites sites) {
        this.sites = sites;
    }

    /** Whether the proxy delegates this method to a target whose own method is guarded. */
    boolean guards(@Nullable Object proxy, String method) throws Throwable {
        if (proxy == null) {
            return false;
        }
        Optional<MethodHandle> asked = targetClass.get(proxy.getClass());
        if (asked.isEmpty()) {
            return false;
        }
        Class<?> target = (Class<?>) asked.get().invokeExact(proxy);
        return target != null && sites.guards(target, method);
    }

    private static Optional<MethodHandle> find(Class<?> proxy) {
        for (Class<?> implemented : proxy.getInterfaces()) {
            if (implemented.getName().equals(SPRING)) {
                try {
                    return Optional.of(MethodHandles.publicLookup()
                            .findVirtual(implemented, "getTargetClass", TARGET_CLASS)
                            .asType(MethodType.methodType(Class.class, Object.class)));
                } catch (ReflectiveOperationException | LinkageError other) {
                    return Optional.empty(); // another Spring than any that is known
                }
            }
        }
        return Optional.empty();
    }
}
