package dev.chatstream.agent.instrument;

import static dev.chatstream.agent.instrument.JaxRsRuntimes.CXF;
import static dev.chatstream.agent.instrument.JaxRsRuntimes.JERSEY;
import static dev.chatstream.agent.instrument.JaxRsRuntimes.RESTEASY;
import static dev.chatstream.agent.instrument.JaxRsRuntimes.RESTEASY_REACTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.AbortReason;
import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatLockUnavailableException;
import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.core.Journal;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A JAX-RS runtime that looks for an exception's mapper")
class UnmappedExceptionsTest {

    private static final Throwable BUSY = new ChatBusyException("busy", "c", "s");
    private static final Throwable ABORTED = new ChatAbortedException("stopped", "s", AbortReason.STOPPED);
    private static final Throwable UNAVAILABLE = new ChatLockUnavailableException("away", "c", null);

    private final Woven woven = Woven.installed();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        woven.close();
    }

    static Stream<Arguments> runtimes() {
        return Stream.of("jakarta", "javax")
                .flatMap(name -> Stream.of(JERSEY, RESTEASY, RESTEASY_REACTIVE, CXF)
                        .filter(type -> name.equals("jakarta") || !type.equals(RESTEASY_REACTIVE))
                        .map(type -> Arguments.of(name, type)));
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void findsOneTo409And503ForTheExceptionsOfTheApiAlone(String name, String type) throws Exception {
        Application application = JaxRsRuntimes.MINIATURES.of(name, directory);
        guardSomething(application);
        Object runtime = application.loadClass(type).getConstructor().newInstance();
        assertThat(status(runtime, BUSY)).isEqualTo(409);
        assertThat(status(runtime, UNAVAILABLE)).isEqualTo(503);
        assertThat(status(runtime, ABORTED)).isEqualTo(409);
        for (Throwable other : List.of(new IllegalStateException(), new CancellationException())) {
            assertThat(look(runtime, other)).isNull();
        }
        assertThat(woven.said()).allMatch(line -> line.contains("Methods#locked"));
    }

    /** CXF is given no exception here, only its class. */
    @ParameterizedTest
    @ValueSource(strings = {JERSEY, RESTEASY, RESTEASY_REACTIVE})
    void findsOneForAStopWhereTheApplicationDoesNotHaveTheApi(String type) throws Exception {
        Application application = JaxRsRuntimes.MINIATURES.of("jakarta", directory);
        guardSomething(application);
        Object runtime = application.loadClass(type).getConstructor().newInstance();
        Exceptions exceptions = new Exceptions.OfJdk();
        assertThat(status(runtime, exceptions.aborted("m", "s", GuardedStream.AbortReason.STOPPED)))
                .isEqualTo(409);
        assertThat(look(runtime, exceptions.aborted("m", "s", GuardedStream.AbortReason.SHUTDOWN)))
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void keepsTheOneThatItHasFoundItself(String name, String type) throws Exception {
        Application application = JaxRsRuntimes.MINIATURES.of(name, directory);
        guardSomething(application);
        Object runtime = application.loadClass(type).getConstructor().newInstance();
        Object own = own(application, name, type);
        runtime.getClass().getField("own").set(runtime, own);
        assertThat(look(runtime, BUSY)).isSameAs(own);
    }

    @Test
    void mayKeepWhatItWasGivenInACollection() throws Exception {
        Application application = JaxRsRuntimes.MINIATURES.of("jakarta", directory);
        guardSomething(application);
        Object runtime = application.loadClass(CXF).getConstructor().newInstance();
        Object mapper = look(runtime, BUSY);
        Set<Object> kept = new HashSet<>(List.of(mapper));
        assertThat(kept.contains(mapper)).isTrue();
        assertThat(kept.contains(look(runtime, UNAVAILABLE))).isFalse();
        assertThat(mapper).hasToString("ChatStream's mapper to 409");
    }

    /** Of the application's, which handles all exceptions. */
    private static Object own(Application application, String name, String type) throws Exception {
        Class<?> response = application.loadClass(name + ".ws.rs.core.Response");
        if (type.equals(RESTEASY)) {
            Object builder = response.getMethod("status", int.class).invoke(null, 418);
            return Application.call(builder, "build");
        }
        Class<?> mapper = application.loadClass(name + ".ws.rs.ext.ExceptionMapper");
        Object own = java.lang.reflect.Proxy.newProxyInstance(
                application, new Class<?>[] {mapper}, (self, method, arguments) -> null);
        return type.equals(RESTEASY_REACTIVE) ? Map.entry(BUSY, own) : own;
    }

    @Test
    void takesAnAnswerBeforeJerseysDefault() throws Exception {
        Application application = JaxRsRuntimes.MINIATURES.of("jakarta", directory);
        guardSomething(application);
        Object runtime = application.loadClass(JERSEY).getConstructor().newInstance();
        Object otherwise = application
                .loadClass("org.glassfish.jersey.server.DefaultExceptionMapper")
                .getConstructor()
                .newInstance();
        runtime.getClass().getField("own").set(runtime, otherwise);
        assertThat(status(runtime, BUSY)).isEqualTo(409);
        assertThat(look(runtime, new IllegalStateException())).isSameAs(otherwise);
    }

    @ParameterizedTest
    @ValueSource(strings = {JERSEY, RESTEASY, RESTEASY_REACTIVE, CXF})
    void isWovenWhenTheFirstMethodIsGuardedWhereItWasLoadedBefore(String type) throws Exception {
        Application application = JaxRsRuntimes.MINIATURES.of("jakarta", directory);
        Object runtime = application.loadClass(type).getConstructor().newInstance();
        assertThat(look(runtime, BUSY)).isNull();
        guardSomething(application);
        Await.until(() -> look(runtime, BUSY) != null);
        assertThat(status(runtime, BUSY)).isEqualTo(409);
    }

    @Test
    void isWovenWhereItWasLoadedBeforeTheAgent() throws Exception {
        woven.close();
        int first = Application.made();
        Application application = JaxRsRuntimes.MINIATURES.of("jakarta", directory);
        Object runtime = application.loadClass(JERSEY).getConstructor().newInstance();
        try (Woven after = Woven.installedAfter(first)) {
            guardSomething(application);
            Await.until(() -> look(runtime, BUSY) != null);
            assertThat(after.said()).allMatch(line -> line.contains("Methods#locked"));
        }
        assertThat(look(runtime, BUSY)).as("without the agent").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {JERSEY, RESTEASY, RESTEASY_REACTIVE, CXF})
    void ofAnotherVersionStaysAsItIsWhichIsSaid(String type) throws Exception {
        Application application = JaxRsRuntimes.MINIATURES.renamed(directory);
        guardSomething(application);
        Object runtime = application.loadClass(type).getConstructor().newInstance();
        assertThat(look(runtime, BUSY)).isNull();
        assertThat(woven.journal.lines())
                .filteredOn(line -> line.message().startsWith(type))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.level()).isEqualTo(Journal.Level.INFO);
                    assertThat(line.message()).contains("register an ExceptionMapper");
                });
    }

    @Test
    void throwsWhatItThrows() throws Exception {
        Application application = JaxRsRuntimes.MINIATURES.of("jakarta", directory);
        guardSomething(application);
        Object runtime = application.loadClass(RESTEASY).getConstructor().newInstance();
        assertThatThrownBy(() -> Application.call(runtime, "executeExceptionMapper", null, null))
                .isInstanceOf(NullPointerException.class);
    }

    private static void guardSomething(Application application) {
        application.type("Methods");
    }

    private static int status(Object runtime, Throwable thrown) throws Exception {
        Object found = look(runtime, thrown);
        if (found instanceof Map.Entry<?, ?> entry) {
            assertThat(entry.getKey()).isSameAs(thrown);
            found = entry.getValue();
        }
        Class<?>[] interfaces = found.getClass().getInterfaces();
        Object response = interfaces.length == 0
                ? found
                : interfaces[0].getMethod("toResponse", Throwable.class).invoke(found, thrown);
        Field status = response.getClass().getField("status");
        return status.getInt(response);
    }

    private static @Nullable Object look(Object runtime, Throwable thrown) throws Exception {
        String renamed = runtime.getClass().getDeclaredMethods()[0].getName();
        return switch (runtime.getClass().getName()) {
            case RESTEASY -> Application.call(runtime, renamed, thrown, null);
            case RESTEASY_REACTIVE -> Application.call(runtime, renamed, thrown.getClass(), null, thrown);
            case JERSEY -> Application.call(runtime, renamed, thrown.getClass(), thrown);
            default -> Application.call(runtime, renamed, thrown.getClass(), null);
        };
    }
}
