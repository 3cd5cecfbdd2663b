package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Weaving that failed")
class RetriesTest {

    private final Application application = new Application();

    /** As seen beside other agents: something that the transformer needs is the very class that is being loaded. */
    @Test
    void insideALoadByAnErrorOfLinkageIsTriedAgainFromOutside() throws Exception {
        Object methods = application.create("Methods");
        String type = methods.getClass().getName().replace('.', '/');
        Application.call(methods, "plain", "c");
        try (Woven woven = Woven.installed()) {
            assertThat(woven.engine.visits).isEmpty();
            OwnErrors errors = new OwnErrors(woven.journal);
            Retries retries = new Retries(
                    Woven.INSTRUMENTATION, new Realms(), null, null, new Later(errors), errors, woven.journal);
            byte[] file = Application.compiled(methods.getClass().getName());
            retries.failed(application, type, false, file, new ClassCircularityError("java/util/Something"));
            awaitGuarded(woven, methods);
        }
    }

    /** As the JVM does while two threads have one class transformed. */
    @Test
    void onBytesThatAreNeitherOfTheOldClassNorOfTheNewIsTriedAgain() throws Exception {
        Mixing mixing = new Mixing();
        Woven.INSTRUMENTATION.addTransformer(mixing, true);
        Object methods = application.create("Methods");
        mixing.times.set(3);
        try (Woven woven = Woven.installedAfter(application.number)) {
            awaitGuarded(woven, methods);
            assertThat(mixing.times).hasNonPositiveValue();
            assertThat(woven.said()).noneMatch(line -> line.contains("cannot be woven"));
        } finally {
            Woven.INSTRUMENTATION.removeTransformer(mixing);
        }
    }

    @Test
    void onWhatOthersHaveTransformedLeavesTheirErrorToThemAndTheGuardInPlace() throws Exception {
        Mixing mixing = new Mixing();
        Woven.INSTRUMENTATION.addTransformer(mixing, true);
        try (Woven woven = Woven.installed()) {
            Object methods = new Application().create("Methods");
            mixing.times.set(1);
            assertThatThrownBy(() -> Woven.INSTRUMENTATION.retransformClasses(methods.getClass()))
                    .isInstanceOf(ClassFormatError.class);
            awaitGuarded(woven, methods);
        } finally {
            Woven.INSTRUMENTATION.removeTransformer(mixing);
        }
    }

    @Test
    void andAlwaysWillIsSaidOnceHoweverOftenOthersTransformTheClass() throws Exception {
        try (Woven woven = Woven.installed()) {
            application.give("app.Long", Files.longMethod("app/Long"));
            Class<?> unwoven = application.loadClass("app.Long");
            for (int i = 0; i < 5; i++) {
                Woven.INSTRUMENTATION.retransformClasses(unwoven);
            }
            assertThat(woven.said())
                    .singleElement()
                    .asString()
                    .startsWith("app.Long cannot be woven, and runs unguarded: ");
        }
    }

    private static void awaitGuarded(Woven woven, Object methods) throws Exception {
        Await.until(() -> {
            Application.call(methods, "plain", "c");
            return !woven.engine.visits.isEmpty();
        });
    }

    /** Stands before the agent, and hands on half a class file. */
    private static final class Mixing implements ClassFileTransformer {
        private final AtomicInteger times = new AtomicInteger();

        @Override
        public byte @Nullable [] transform(
                ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] file) {
            return name.endsWith("subjects/Methods") && type != null && times.getAndDecrement() > 0
                    ? Arrays.copyOf(file, file.length / 2)
                    : null;
        }
    }
}
