package dev.chatstream.agent.adapters.springmvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.adapters.Await;
import dev.chatstream.agent.adapters.Guarding;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applications that bring Spring in loaders of their own, and go again. */
class RedeploymentTest {

    private static final String MVC = "org.springframework.web.servlet.mvc.method.annotation.";
    private static final String ASYNC = "org.springframework.web.context.request.async.";

    private final Guarding guarding = Guarding.asConfigured();

    @AfterEach
    void end() {
        guarding.close();
    }

    /** What this test runs with, once more. */
    private static URLClassLoader deployed() {
        URL[] jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("chatstream"))
                .map(entry -> {
                    try {
                        return Path.of(entry).toUri().toURL();
                    } catch (IOException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                })
                .toArray(URL[]::new);
        return new URLClassLoader(jars, ClassLoader.getPlatformClassLoader());
    }

    /** Has a value of each shape followed to its end. */
    private void use(ClassLoader application) throws Exception {
        Class<?> emitters = application.loadClass(MVC + "SseEmitter");
        Object emitter = guarding.<Object>call(emitters, () -> made(emitters));
        guarding.isHeld();
        emitters.getMethod("complete").invoke(emitter);
        guarding.becomesFree();

        Class<?> results = application.loadClass(ASYNC + "DeferredResult");
        Object result = guarding.<Object>call(results, () -> made(results));
        guarding.isHeld();
        results.getMethod("setResult", Object.class).invoke(result, "whole");
        guarding.becomesFree();

        Class<?> tasks = application.loadClass(ASYNC + "WebAsyncTask");
        Callable<String> callable = () -> "ran";
        Object task = guarding.<Object>call(tasks, () -> made(tasks, Callable.class, callable));
        assertThat(task.getClass().getClassLoader().getParent()).isSameAs(application);
        assertThat(((Callable<?>) tasks.getMethod("getCallable").invoke(task)).call())
                .isEqualTo("ran");
        guarding.becomesFree();

        Class<?> entities = application.loadClass("org.springframework.http.HttpEntity");
        Stream<String> stream = Stream.of("a");
        Object entity = guarding.<Object>call(entities, () -> made(entities, Object.class, stream));
        guarding.isHeld();
        ((Stream<?>) entities.getMethod("getBody").invoke(entity)).close();
        guarding.becomesFree();
    }

    private static Object made(Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object made(Class<?> type, Class<?> parameter, Object argument) {
        try {
            return type.getConstructor(parameter).newInstance(argument);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void twoApplicationsHaveAdaptersOfTheirOwn() throws Exception {
        try (URLClassLoader one = deployed();
                URLClassLoader other = deployed()) {
            use(one);
            use(other);
            use(one);
        }
    }

    @Test
    void anApplicationThatIsGoneIsCollected() throws Exception {
        WeakReference<ClassLoader> gone = usedAndClosed();
        Await.collected("its loader is collected", () -> gone.refersTo(null));
    }

    private WeakReference<ClassLoader> usedAndClosed() throws Exception {
        try (URLClassLoader application = deployed()) {
            use(application);
            return new WeakReference<>(application);
        }
    }
}
