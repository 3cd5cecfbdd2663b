package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.core.Journal;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The agent answers the API")
class BridgeTest {

    private final Woven woven = Woven.installed();
    private @Nullable Method bridge;

    @BeforeEach
    void loadACopyOfTheApi() throws Exception {
        bridge = copy();
    }

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void thatItIsActiveInEveryCopy() throws Exception {
        assertThat(ask("active", null, null)).isEqualTo(true);
        bridge = copy();
        assertThat(ask("active", null, null)).isEqualTo(true);
        woven.close();
        assertThat(ask("active", null, null)).isNull();
    }

    @Test
    void whichStreamIsOpen() throws Exception {
        assertThat(ask("current", null, null)).isNull();
        woven.engine.current = new FakeStream();
        assertThat(ask("current", null, null)).isSameAs(woven.engine.current);
    }

    @Test
    void stopsAndOwners() throws Exception {
        assertThat(future("abort", "s").get()).isNull();
        assertThat(future("abortChat", "c").get()).isEqualTo(Optional.of("stream of c"));
        assertThatThrownBy(() -> future("owner", "c").get()).hasRootCauseMessage("Redis cannot be asked for c");
        assertThat(future("owners", List.of("a", "b")).get()).isEqualTo(Map.entry(true, Map.of("a", "s")));
    }

    @Test
    void whatAStreamIs() throws Exception {
        FakeStream stream = new FakeStream();
        assertThat(ask("chatId", stream, null)).isEqualTo("chat");
        assertThat(ask("streamId", stream, null)).isEqualTo("stream");
        assertThat(ask("abortReason", stream, null)).isNull();
        stream.reason = Optional.of(GuardedStream.AbortReason.MAX_HOLD);
        assertThat(ask("abortReason", stream, null)).isEqualTo("MAX_HOLD");
        assertThat(ask("holdsLock", stream, null)).isEqualTo(true);
        assertThat(ask("leaseRemaining", stream, null)).isEqualTo(Duration.ofSeconds(7));
        assertThat(ask("fence", stream, null)).isEqualTo(42L);
    }

    @Test
    void whatAStreamDoes() throws Exception {
        FakeStream stream = new FakeStream();
        List<String> reasons = new ArrayList<>();
        Consumer<String> callback = reasons::add;
        try (AutoCloseable registration = (AutoCloseable) ask("onAbort", stream, callback)) {
            stream.callbacks.get(0).accept(GuardedStream.AbortReason.STOPPED);
            assertThat(registration).isNotNull();
        }
        assertThat(reasons).containsExactly("STOPPED");
        assertThat(stream.callbacks).isEmpty();
        Runnable task = () -> reasons.add("ran");
        ((Runnable) ask("wrapTask", stream, task)).run();
        assertThat(reasons).containsExactly("STOPPED", "ran");
        Executor executor = Runnable::run;
        assertThat(ask("wrapExecutor", stream, executor)).isSameAs(executor);
        ((AutoCloseable) ask("detach", stream, null)).close();
        assertThat(stream.detached).isZero();
    }

    @Test
    void nullToWhatItDoesNotKnow() throws Exception {
        assertThat(ask("aNewerQuestion", null, "x")).isNull();
        assertThat(ask("aNewerQuestion", new FakeStream(), "x")).isNull();
        assertThat(ask("chatId", "no handle of ours", null)).isNull();
    }

    @Test
    void nullWhereSomethingOfItsOwnFails() throws Exception {
        FakeStream stream = new FakeStream();
        assertThat(ask("onAbort", stream, "no consumer")).isNull();
        assertThat(future("owners", "no collection").get()).isEqualTo(Map.entry(true, Map.of("a", "s")));
    }

    /** Nobody is told that a Stop was asked for, or that a chat is free, where neither is known. */
    @Test
    void aFailureWhereItCannotStopOrTellWhoHoldsAChatByAnErrorOfItsOwn() throws Exception {
        woven.engine.broken = new IllegalStateException("broken");
        for (String operation : List.of("abort", "abortChat", "owner")) {
            assertThatThrownBy(() -> future(operation, "c").get()).hasRootCauseMessage("broken");
            assertThat(woven.journal.lines())
                    .filteredOn(line -> line.message().contains("ChatStreams." + operation + " ends by"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.level()).isEqualTo(Journal.Level.ERROR));
        }
        assertThat(ask("owners", null, List.of("c"))).as("which never fails").isNull();
    }

    private CompletableFuture<?> future(String operation, Object argument) throws Exception {
        return (CompletableFuture<?>) ask(operation, null, argument);
    }

    private @Nullable Object ask(String operation, @Nullable Object target, @Nullable Object argument)
            throws Exception {
        return bridge.invoke(null, operation, target, argument);
    }

    private static Method copy() throws Exception {
        Application application = new Application();
        application.give("dev.chatstream.Bridge", Application.compiled("dev.chatstream.Bridge"));
        Method call = application
                .loadClass("dev.chatstream.Bridge")
                .getDeclaredMethod("call", String.class, Object.class, Object.class);
        call.setAccessible(true);
        return call;
    }
}
