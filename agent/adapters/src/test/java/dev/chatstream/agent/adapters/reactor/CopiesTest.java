package dev.chatstream.agent.adapters.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import io.micrometer.context.ContextRegistry;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Applications that bring a Reactor of their own each, as those of one server do. */
@DisplayName("An application with its own copy of Reactor")
class CopiesTest {

    private final Guarding guarding = Guarding.asConfigured();

    @AfterEach
    void close() {
        guarding.close();
    }

    /** One application: by reflection, since nothing of it may be known here. */
    private static final class Application {
        private final URLClassLoader loader;

        Application(List<URL> jars) {
            loader = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        }

        Class<?> type(String name) throws ReflectiveOperationException {
            return loader.loadClass("reactor.core.publisher." + name);
        }

        Object range() throws ReflectiveOperationException {
            return type("Flux").getMethod("range", int.class, int.class).invoke(null, 0, 3);
        }

        Object listOf(Object flux) throws ReflectiveOperationException {
            Object mono = type("Flux").getMethod("collectList").invoke(flux);
            return type("Mono").getMethod("block").invoke(mono);
        }

        void propagateAutomatically() throws ReflectiveOperationException {
            type("Hooks").getMethod("enableAutomaticContextPropagation").invoke(null);
        }

        /** On a thread of its own, which belongs to it as a server's do. */
        void run(Await.Step step) throws Exception {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(loader);
            try {
                step.run();
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }

    private static URL of(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static List<URL> newest() {
        return List.of(of(Flux.class), of(Publisher.class), of(ContextRegistry.class));
    }

    private static List<URL> older() throws MalformedURLException {
        List<URL> jars = new ArrayList<>();
        for (File jar : java.util.Objects.requireNonNull(new File("target/older-reactor").listFiles())) {
            jars.add(jar.toURI().toURL());
        }
        return jars;
    }

    private void works(Application application) throws Exception {
        application.run(() -> {
            Object guarded = guarding.call(application.type("Flux"), () -> {
                try {
                    return application.range();
                } catch (ReflectiveOperationException impossible) {
                    throw new AssertionError(impossible);
                }
            });
            guarding.isHeld();
            assertThat(guarded.getClass().getName()).isEqualTo(GuardedFlux.class.getName());
            assertThat(application.listOf(guarded)).isEqualTo(List.of(0, 1, 2));
            guarding.becomesFree();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isCollectedOnceItIsGone(boolean propagates) throws Exception {
        WeakReference<ClassLoader> gone = livesAndGoes(propagates);
        Await.collected("its loader is collected", () -> gone.get() == null);
    }

    private WeakReference<ClassLoader> livesAndGoes(boolean propagates) throws Exception {
        Application application = new Application(newest());
        if (propagates) {
            application.run(application::propagateAutomatically);
        }
        works(application);
        works(application);
        application.loader.close();
        return new WeakReference<>(application.loader);
    }

    @Test
    void worksBesideOneWithAnOtherVersion() throws Exception {
        Application older = new Application(older());
        Application newer = new Application(newest());
        works(older);
        works(newer);
        works(older);
        assertThat(older.type("Flux").getPackage().getImplementationVersion())
                .isNotEqualTo(newer.type("Flux").getPackage().getImplementationVersion());
    }
}
