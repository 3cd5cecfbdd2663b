package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.AbortReason;
import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.core.Journal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A web framework that meets an exception which nobody handles")
class AbortLinesTest {

    private final Woven woven = Woven.installed();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        woven.close();
    }

    static List<String> servers() {
        return WebServers.ALL;
    }

    static Stream<Arguments> serversByNames() {
        return Stream.of("jakarta", "javax")
                .flatMap(name -> WebServers.ALL.stream().map(type -> Arguments.of(name, type)));
    }

    @ParameterizedTest
    @MethodSource("serversByNames")
    void writesNothingOfAnAbortThatSomebodyWantedAndCutsOffAllTheSame(String name, String type) throws Exception {
        Application application = guarding(WebServers.MINIATURES.of(name, directory));
        for (AbortReason wanted : List.of(AbortReason.STOPPED, AbortReason.SUPERSEDED)) {
            assertThat(line(application, type, aborted(wanted))).isNull();
            assertThat(line(application, type, new RuntimeException(new CompletionException(aborted(wanted)))))
                    .as("as the cause")
                    .isNull();
        }
        assertThat(woven.said()).allMatch(line -> line.contains("Methods#locked"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void writesNothingOfSuchAnAbortWhereTheApplicationDoesNotHaveTheApi(String type) throws Exception {
        Application application = guarding(WebServers.MINIATURES.of("jakarta", directory));
        Exceptions exceptions = new Exceptions.OfJdk();
        assertThat(line(application, type, exceptions.aborted("m", "s", GuardedStream.AbortReason.STOPPED)))
                .isNull();
        assertThat(line(application, type, exceptions.aborted("m", "s", GuardedStream.AbortReason.LOCK_LOST)))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void writesWhatItWritesOfAllOthers(String type) throws Exception {
        Application application = guarding(WebServers.MINIATURES.of("jakarta", directory));
        for (Throwable other : List.of(
                new IllegalStateException("own"),
                new CancellationException("own"),
                new ChatBusyException("own", "c", "s"),
                circular())) {
            assertThat(line(application, type, other)).contains(other.getClass().getSimpleName());
        }
    }

    private static Throwable circular() {
        IllegalArgumentException first = new IllegalArgumentException("first");
        first.initCause(new IllegalArgumentException("second", first));
        return first;
    }

    @ParameterizedTest
    @MethodSource("servers")
    void writesOfALostLockButNotThatItCannotBeGivenAStatusAnyMore(String type) throws Exception {
        Application application = guarding(WebServers.MINIATURES.of("jakarta", directory));
        for (AbortReason unwanted :
                List.of(AbortReason.LOCK_LOST, AbortReason.MAX_HOLD, AbortReason.SHUTDOWN, AbortReason.CONSUMER_GONE)) {
            String line = line(application, type, aborted(unwanted));
            if (type.equals(WebServers.SPRING_MVC)) {
                assertThat(line).isNull();
            } else {
                assertThat(line).contains("ChatAbortedException");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void isWovenWhenTheFirstMethodIsGuardedWhereItWasLoadedBefore(String type) throws Exception {
        Application application = WebServers.MINIATURES.of("jakarta", directory);
        assertThat(line(application, type, aborted(AbortReason.STOPPED)))
                .as("nothing is guarded")
                .isNotNull();
        guarding(application);
        Await.until(() -> line(application, type, aborted(AbortReason.STOPPED)) == null);
    }

    /** Each is transformed once more then, and comes by again. */
    @Test
    void isWovenOnceWhereSeveralWereLoadedBefore() throws Exception {
        Application application = WebServers.MINIATURES.of("jakarta", directory);
        for (String type : WebServers.ALL) {
            assertThat(line(application, type, aborted(AbortReason.STOPPED))).isNotNull();
        }
        guarding(application);
        Await.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("chatstream-later")));
        for (String type : WebServers.ALL) {
            assertThat(line(application, type, aborted(AbortReason.STOPPED))).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void writesAllOnceTheAgentIsGone(String type) throws Exception {
        Application application = guarding(WebServers.MINIATURES.of("jakarta", directory));
        Object server = made(application, type);
        assertThat(line(server, aborted(AbortReason.STOPPED))).isNull();
        woven.close();
        assertThat(line(server, aborted(AbortReason.STOPPED))).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void ofAnotherVersionStaysAsItIsWhichIsSaid(String type) throws Exception {
        Application application = guarding(WebServers.MINIATURES.renamed(directory));
        assertThat(line(application, type, aborted(AbortReason.STOPPED))).isNotNull();
        assertThat(woven.journal.lines())
                .filteredOn(line -> line.message().startsWith(type))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.level()).isEqualTo(Journal.Level.INFO);
                    assertThat(line.message()).contains("may write an error to the log after a Stop");
                });
    }

    /** One of the API's name alone, in a version that has no reason. */
    @Test
    void writesWhatItWritesWhereTheAgentFailsWhichIsSaidOnce() throws Exception {
        Application application = guarding(WebServers.MINIATURES.of("jakarta", directory));
        Application other = new Application();
        Sources.compiled(
                        Map.of(
                                "dev.chatstream.ChatAbortedException",
                                "public class ChatAbortedException extends RuntimeException {}"),
                        directory,
                        text -> text)
                .forEach(other::give);
        Throwable odd = (Throwable) other.loadClass("dev.chatstream.ChatAbortedException")
                .getConstructor()
                .newInstance();
        assertThat(line(application, WebServers.TOMCAT, odd)).contains("ChatAbortedException");
        assertThat(woven.journal.lines())
                .filteredOn(line -> line.level() == Journal.Level.ERROR)
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("An error of ChatStream's own"));
    }

    private static Throwable aborted(AbortReason reason) {
        return new ChatAbortedException("aborted", "s", reason);
    }

    private static Application guarding(Application application) {
        application.type("Methods");
        return application;
    }

    private static Object made(Application application, String type) throws Exception {
        return application.loadClass(type).getConstructor().newInstance();
    }

    private static @Nullable String line(Application application, String type, Throwable unhandled) throws Exception {
        return line(made(application, type), unhandled);
    }

    /** What it has written; null: nothing. */
    private static @Nullable String line(Object server, Throwable unhandled) throws Exception {
        Object lines = server.getClass().getField("lines").get(server);
        lines.getClass().getField("last").set(lines, null);
        Application.call(server, "meet", unhandled);
        assertThat(server.getClass().getField("hasCutOff").getBoolean(server)).isTrue();
        return (String) lines.getClass().getField("last").get(lines);
    }
}
