package dev.chatstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream as application code sees it, with an agent that answers from a table. */
class AgentStreamTest {
    private final Object handle = new Object();
    private FakeAgent agent;
    private ActiveStream stream;

    @BeforeEach
    void enterAStream() {
        agent = FakeAgent.install().answers("current", handle);
        stream = ChatStreams.current().orElseThrow();
        agent.asked.clear();
    }

    @AfterEach
    void removeTheAgent() {
        agent.close();
    }

    @Test
    void itsStateIsWhatTheAgentSaysOfItsHandle() {
        agent.answers("chatId", "chat-1")
                .answers("streamId", "stream-1")
                .answers("holdsLock", true)
                .answers("leaseRemaining", Duration.ofSeconds(42))
                .answers("fence", 1_700_000_000_000_000L);

        assertThat(stream.chatId()).isEqualTo("chat-1");
        assertThat(stream.streamId()).isEqualTo("stream-1");
        assertThat(stream.holdsLock()).isTrue();
        assertThat(stream.leaseRemaining()).isEqualTo(Duration.ofSeconds(42));
        assertThat(stream.fence()).isEqualTo(1_700_000_000_000_000L);
        assertThat(agent.asked)
                .extracting(FakeAgent.Asked::operation)
                .containsExactly("chatId", "streamId", "holdsLock", "leaseRemaining", "fence");
        assertThat(agent.asked).allSatisfy(asked -> assertThat(asked.target()).isSameAs(handle));
    }

    @Test
    void whatTheAgentDoesNotAnswerIsWhatAStreamWithoutALockSays() {
        Runnable task = () -> {};
        Executor executor = Runnable::run;

        assertThat(stream.chatId()).isEmpty();
        assertThat(stream.streamId()).isEmpty();
        assertThat(stream.isAborted()).isFalse();
        assertThat(stream.abortReason()).isEmpty();
        assertThat(stream.holdsLock()).isFalse();
        assertThat(stream.leaseRemaining()).isZero();
        assertThat(stream.fence()).isZero();
        assertThat(stream.wrap(task)).isSameAs(task);
        assertThat(stream.wrap(executor)).isSameAs(executor);
        assertThatCode(stream::throwIfAborted).doesNotThrowAnyException();
        assertThatCode(() -> stream.onAbort(reason -> {}).close()).doesNotThrowAnyException();
        assertThatCode(() -> stream.detach().close()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void anAbortIsSeenWithItsReason(AbortReason reason) {
        agent.answers("abortReason", reason.name()).answers("streamId", "stream-1");

        assertThat(stream.isAborted()).isTrue();
        assertThat(stream.abortReason()).contains(reason);
        assertThatThrownBy(stream::throwIfAborted)
                .isInstanceOfSatisfying(ChatAbortedException.class, aborted -> {
                    assertThat(aborted.streamId()).isEqualTo("stream-1");
                    assertThat(aborted.reason()).isEqualTo(reason);
                })
                .hasMessage("Stream 'stream-1' was aborted: " + reason);
    }

    @Test
    void aReasonThatOnlyANewerAgentKnowsIsAStop() {
        agent.answers("abortReason", "BORED");

        assertThat(stream.abortReason()).contains(AbortReason.STOPPED);
    }

    @Test
    @SuppressWarnings("unchecked")
    void aCallbackGetsTheReasonAndCanBeTakenOff() {
        AtomicInteger takenOff = new AtomicInteger();
        List<AbortReason> reasons = new ArrayList<>();
        agent.answersBy("onAbort", callback -> {
            ((Consumer<String>) callback).accept("SUPERSEDED");
            ((Consumer<String>) callback).accept("BORED");
            return (AutoCloseable) takenOff::incrementAndGet;
        });

        ActiveStream.Registration registration = stream.onAbort(reasons::add);
        assertThat(takenOff).hasValue(0);
        registration.close();
        registration.close();

        assertThat(reasons).containsExactly(AbortReason.SUPERSEDED, AbortReason.STOPPED);
        assertThat(takenOff).hasValue(1);
    }

    @Test
    void aDetachedIsClosedOnce() {
        AtomicInteger closed = new AtomicInteger();
        agent.answers("detach", (AutoCloseable) closed::incrementAndGet);

        ActiveStream.Detached detached = stream.detach();
        assertThat(closed).hasValue(0);
        detached.close();
        detached.close();

        assertThat(closed).hasValue(1);
    }

    @Test
    void whatTheAgentThrowsInACloseIsNeverAnUndeclaredCheckedException() {
        IllegalArgumentException unchecked = new IllegalArgumentException("unchecked");
        IOException checked = new IOException("checked");

        agent.answers("detach", throwing(unchecked));
        assertThatThrownBy(() -> stream.detach().close()).isSameAs(unchecked);
        agent.answers("detach", throwing(checked));
        assertThatThrownBy(() -> stream.detach().close())
                .isInstanceOf(IllegalStateException.class)
                .hasCause(checked);
    }

    @Test
    void tasksAndExecutorsAreWrappedByTheAgent() {
        Runnable task = () -> {};
        Runnable wrappedTask = () -> {};
        Executor executor = Runnable::run;
        Executor wrappedExecutor = Runnable::run;
        agent.answers("wrapTask", wrappedTask).answers("wrapExecutor", wrappedExecutor);

        assertThat(stream.wrap(task)).isSameAs(wrappedTask);
        assertThat(stream.wrap(executor)).isSameAs(wrappedExecutor);
        assertThat(agent.asked)
                .containsExactly(
                        new FakeAgent.Asked("wrapTask", handle, task),
                        new FakeAgent.Asked("wrapExecutor", handle, executor));
    }

    @Test
    void twoLooksAtOneStreamAreEqual() {
        ActiveStream again = ChatStreams.current().orElseThrow();
        agent.answers("current", new Object());
        ActiveStream other = ChatStreams.current().orElseThrow();

        assertThat(again).isEqualTo(stream).hasSameHashCodeAs(stream);
        assertThat(other).isNotEqualTo(stream);
        assertThat(stream).isNotEqualTo(handle);
    }

    @Test
    void idsCannotForgeALineOfALog() {
        agent.answers("chatId", "it's\na \\ chat").answers("streamId", "x".repeat(201));

        assertThat(stream)
                .hasToString("ActiveStream[chatId='it\\'s\\u{a}a \\\\ chat', streamId='" + "x".repeat(200) + "…']");
    }

    @Test
    void idsInOtherScriptsAreReadable() {
        assertThat(Quoted.id("чат 😀 ü")).isEqualTo("'чат 😀 ü'");
        assertThat(Quoted.id("\u202Eright\u2028to\uD800left\u0000"))
                .isEqualTo("'\\u{202e}right\\u{2028}to\\u{d800}left\\u{0}'");
    }

    private static AutoCloseable throwing(Exception failure) {
        return () -> {
            throw failure;
        };
    }
}
