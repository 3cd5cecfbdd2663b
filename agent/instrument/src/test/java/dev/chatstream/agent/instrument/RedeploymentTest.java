package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.ChatStream;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.instrument.subjects.Methods;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.context.Context;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An application that is undeployed")
class RedeploymentTest {

    private static final URL[] DEPLOYMENT = {
        place(ChatStream.class),
        place(Methods.class),
        place(Span.class),
        place(Context.class),
        place(ComponentLoader.class)
    };

    private final Woven woven = Woven.installed();

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void isNotHeldByTheAgent() throws Exception {
        WeakReference<ClassLoader> first = deployed();
        WeakReference<ClassLoader> second = deployed();
        assertThat(woven.engine.visits).isNotEmpty();
        woven.engine.visits.clear();
        assertThat(woven.said()).noneMatch(line -> line.contains("own"));
        Await.until(() -> {
            System.gc();
            return first.refersTo(null) && second.refersTo(null);
        });
    }

    /** Runs through all that keeps something: sites, properties, exceptions, shapes, proxies, spans. */
    private WeakReference<ClassLoader> deployed() throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader("deployment", DEPLOYMENT, ClassLoader.getPlatformClassLoader())) {
            loader.loadClass(Span.class.getName());
            Object methods = create(loader, "Methods");
            Application.call(methods, "plain", "c");
            Object failing = create(loader, "Annotated$Failing");
            Application.call(create(loader, "Annotated"), "failing", failing);
            Object futures = create(loader, "Futures");
            futures.getClass().getField("next").set(futures, new CompletableFuture<>());
            Application.call(futures, "completable", "c");
            woven.engine.visits.getLast().abort(GuardedStream.AbortReason.STOPPED);
            woven.engine.answers(call -> new Entry.Busy("busy", "c", "s"));
            try {
                Application.call(methods, "plain", "c");
            } catch (IllegalStateException refused) {
                assertThat(refused.getClass().getClassLoader()).isSameAs(loader);
            }
            woven.engine.letsIn();
            return new WeakReference<>(loader);
        }
    }

    private static Object create(ClassLoader loader, String name)
            throws ReflectiveOperationException, InvocationTargetException {
        return loader.loadClass(Application.SUBJECTS + name).getConstructor().newInstance();
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
