package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.time.Duration;
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

    /** What is not urgent waits until the application has begun. */
    interface HeadStart {
        void await() throws InterruptedException;
    }

    /**
     * Longer than most applications take that start from an AOT cache: nothing tells when one has begun. No lambda: it is made
     * in premain.
     */
    static final class FiveSeconds implements HeadStart {
        private static final Duration LONG = Duration.ofSeconds(5);

        @Override
        public void await() throws InterruptedException {
            Thread.sleep(LONG);
        }
    }

    /** The package of the agent's first classes, which the application's loader loads. */
    private static final String LAUNCHER = "dev.chatstream.agent";

    private final Instrumentation instrumentation;
    private final Transformer transformer;
    private final Finder finder;
    private final @Nullable MethodRules rules;
    private final Telemetry telemetry;
    private final Retries retries;
    private final @Nullable Findings findings;
    private final OwnErrors errors;
    private final Journal journal;
    private final HeadStart headStart;

    /**
     * @param headStart of the application's, over what has the name of a library's
     * @param rules null: there are none
     * @param findings null: nobody reports them
     */
    LoadedBefore(
            Instrumentation instrumentation,
            Transformer transformer,
            Finder finder,
            @Nullable MethodRules rules,
            Telemetry telemetry,
            Retries retries,
            @Nullable Findings findings,
            OwnErrors errors,
            Journal journal,
            HeadStart headStart) {
        this.instrumentation = instrumentation;
        this.transformer = transformer;
        this.finder = finder;
        this.rules = rules;
        this.telemetry = telemetry;
        this.retries = retries;
        this.findings = findings;
        this.errors = errors;
        this.journal = journal;
        this.headStart = headStart;
    }

    /** All classes that are there. The JDK has none to tell, not even an array, once the JVM is about to end. */
    static Class<?>[] classes(Instrumentation instrumentation) {
        Class<?>[] classes = instrumentation.getAllLoadedClasses();
        return classes == null ? new Class<?>[0] : classes;
    }

    /**
     * Has those woven that are guarded, before the application begins. Of an AOT cache that are ten thousand files to look at, a
     * tenth of what such a start costs: those with the names of libraries, nearly all, on a thread of its own, and when the
     * application has had its head start. Race, with a call of what is guarded in such a class after all: it runs unguarded where it
     * comes first, and that is said.
     */
    void weave() {
        List<Class<?>> eligible = eligible();
        List<Class<?>> libraries = new ArrayList<>();
        List<Class<?>> others = new ArrayList<>();
        for (int i = 0; i < eligible.size(); i++) {
            Class<?> loaded = eligible.get(i);
            (isLibrarys(internalName(loaded)) ? libraries : others).add(loaded);
        }
        weave(concerned(others, eligible), false);
        if (!libraries.isEmpty()) {
            Thread look = new Thread(null, new LookAtLibraries(libraries, eligible), "chatstream-look", 0, false);
            look.setDaemon(true);
            look.start();
        }
    }

    /** Rules may mean any class. */
    private boolean isLibrarys(String type) {
        return rules == null && KnownLibraries.has(type) && !LastResorts.isOne(type);
    }

    private final class LookAtLibraries implements Runnable {
        private final List<Class<?>> libraries;
        private final List<Class<?>> eligible;

        LookAtLibraries(List<Class<?>> libraries, List<Class<?>> eligible) {
            this.libraries = libraries;
            this.eligible = eligible;
        }

        @Override
        public void run() {
            try {
                headStart.await();
                weave(concerned(libraries, eligible), true);
            } catch (Throwable error) {
                errors.tell("look", "classes that were loaded before could not all be looked at", error);
            }
        }
    }

    private void weave(List<Class<?>> concerned, boolean late) {
        for (int i = 0; i < concerned.size(); i++) {
            Class<?> loaded = concerned.get(i);
            weave(loaded);
            if (late) {
                retries.tellLate(
                        loaded.getClassLoader(), loaded, "it was loaded before, and has the name of a library's");
            }
        }
    }

    private static String internalName(Class<?> loaded) {
        return loaded.getName().replace('.', '/');
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

    /**
     * Those that say of methods that they are guarded, by their files, and what is below these: its supertypes are loaded too.
     *
     * @param some of the eligible, whose files are looked at
     */
    private List<Class<?>> concerned(List<Class<?>> some, List<Class<?>> eligible) {
        Set<Class<?>> concerned = new HashSet<>();
        List<Class<?>> handingDown = new ArrayList<>();
        WantedNames wanted = rules == null ? null : rules.methodNames();
        try (LoadedFiles files = new LoadedFiles()) {
            for (int i = 0; i < some.size(); i++) {
                Class<?> loaded = some.get(i);
                ClassLoader loader = loaded.getClassLoader();
                ClassHead head = files.head(loader, loaded, wanted);
                switch (finder.judge(loader, internalName(loaded), head)) {
                    case HANDS_DOWN -> {
                        concerned.add(loaded);
                        handingDown.add(loaded);
                    }
                    case MAY_MATTER -> concerned.add(loaded);
                    case NOTHING -> {}
                }
            }
        }
        List<Class<?>> inOrder = new ArrayList<>();
        for (int i = 0; i < eligible.size(); i++) {
            Class<?> each = eligible.get(i);
            boolean isBelow = false;
            for (int j = 0; !isBelow && j < handingDown.size(); j++) {
                isBelow = handingDown.get(j).isAssignableFrom(each);
            }
            if (isBelow || concerned.contains(each)) {
                inOrder.add(each);
            }
        }
        return inOrder;
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
