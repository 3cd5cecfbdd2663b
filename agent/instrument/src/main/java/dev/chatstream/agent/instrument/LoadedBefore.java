package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Retransforms the classes that were loaded before the transformer was registered, each singly: by other agents, or from an
 * AOT cache. Those whose file shows that they have nothing to do with guarded methods are left alone.
 */
final class LoadedBefore {

    /** The package of the agent's first classes, which the application's loader loads. */
    private static final String LAUNCHER = "dev.chatstream.agent";

    private final Instrumentation instrumentation;
    private final Transformer transformer;
    private final Finder finder;
    private final Telemetry telemetry;
    private final Retries retries;
    private final @Nullable Findings findings;
    private final Journal journal;

    /** @param findings null: nobody reports them */
    LoadedBefore(
            Instrumentation instrumentation,
            Transformer transformer,
            Finder finder,
            Telemetry telemetry,
            Retries retries,
            @Nullable Findings findings,
            Journal journal) {
        this.instrumentation = instrumentation;
        this.transformer = transformer;
        this.finder = finder;
        this.telemetry = telemetry;
        this.retries = retries;
        this.findings = findings;
        this.journal = journal;
    }

    /** All classes that are there. The JDK has none to tell, not even an array, once the JVM is about to end. */
    static Class<?>[] classes(Instrumentation instrumentation) {
        Class<?>[] classes = instrumentation.getAllLoadedClasses();
        return classes == null ? new Class<?>[0] : classes;
    }

    void weave() {
        List<Class<?>> eligible = eligible();
        Set<Class<?>> woven = concerned(eligible);
        for (int i = 0; i < eligible.size(); i++) {
            if (woven.contains(eligible.get(i))) {
                weave(eligible.get(i));
            }
        }
    }

    private List<Class<?>> eligible() {
        List<Class<?>> eligible = new ArrayList<>();
        for (Class<?> loaded : classes(instrumentation)) {
            telemetry.saw(loaded.getName());
            ClassLoader loader = loaded.getClassLoader();
            if (loader != null && transformer.concerns(loader) && isEligible(loaded)) {
                eligible.add(loaded);
            }
        }
        return eligible;
    }

    /** Those that say of methods that they are guarded, by their files, and what is below these: its supertypes are loaded too. */
    private Set<Class<?>> concerned(List<Class<?>> eligible) {
        Set<Class<?>> concerned = new HashSet<>();
        List<Class<?>> handingDown = new ArrayList<>();
        try (LoadedFiles files = new LoadedFiles()) {
            for (int i = 0; i < eligible.size(); i++) {
                Class<?> loaded = eligible.get(i);
                ClassLoader loader = loaded.getClassLoader();
                switch (finder.judge(loader, loaded.getName().replace('.', '/'), files.read(loader, loaded))) {
                    case HANDS_DOWN -> {
                        concerned.add(loaded);
                        handingDown.add(loaded);
                    }
                    case MAY_MATTER -> concerned.add(loaded);
                    case NOTHING -> {}
                }
            }
        }
        for (int i = 0; i < eligible.size(); i++) {
            for (int j = 0; j < handingDown.size(); j++) {
                if (handingDown.get(j).isAssignableFrom(eligible.get(i))) {
                    concerned.add(eligible.get(i));
                }
            }
        }
        return concerned;
    }

    private boolean isEligible(Class<?> loaded) {
        return !loaded.isArray()
                && !loaded.isHidden()
                && !loaded.getPackageName().equals(LAUNCHER)
                && instrumentation.isModifiableClass(loaded);
    }

    private void weave(Class<?> loaded) {
        try {
            retries.retransform(loaded);
        } catch (UnmodifiableClassException refused) {
            if (findings != null) {
                findings.failed(loaded.getName(), "it was loaded before the agent, and cannot be woven: " + refused);
            }
            journal.tell(
                    Journal.Level.WARN,
                    "not guarded " + loaded.getName(),
                    loaded.getName()
                            + " was loaded before the agent, and the JVM does not let it be woven: methods of it"
                            + " that should be guarded are not. " + refused,
                    null);
        }
    }
}
