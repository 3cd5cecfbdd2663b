package dev.chatstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A null argument is the application's mistake, and is said in the same way with and without the agent. */
class NullArgumentsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void areRefusedByName(String parameter, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessageStartingWith(parameter);
        try (FakeAgent agent = FakeAgent.install()) {
            assertThatNullPointerException().isThrownBy(call).withMessageStartingWith(parameter);
            assertThat(agent.asked).isEmpty();
        }
    }

    static Stream<Arguments> areRefusedByName() {
        ActiveStream stream = new AgentStream("handle");
        List<String> withNull = Arrays.asList("chat-1", null);
        return Stream.of(
                call("streamId", () -> ChatStreams.abort(null)),
                call("streamId", () -> ChatStreams.abortAsync(null)),
                call("chatId", () -> ChatStreams.abortChat(null)),
                call("chatId", () -> ChatStreams.abortChatAsync(null)),
                call("chatId", () -> ChatStreams.owner(null)),
                call("chatIds", () -> ChatStreams.owners(null)),
                call("chatIds", () -> ChatStreams.ownersAsync(null)),
                call("chatIds: one of them", () -> ChatStreams.owners(withNull)),
                call("chatIds: one of them", () -> ChatStreams.ownersAsync(withNull)),
                call("byChatId", () -> new ChatStreams.Owners(true, null)),
                call("callback", () -> stream.onAbort(null)),
                call("task", () -> stream.wrap((Runnable) null)),
                call("executor", () -> stream.wrap((Executor) null)),
                call("message", () -> new ChatBusyException(null, "chat-1", null)),
                call("chatId", () -> new ChatBusyException("busy", null, null)),
                call("message", () -> new ChatLockUnavailableException(null, null, null)),
                call("message", () -> new ChatAbortedException(null, "stream-1", AbortReason.STOPPED)),
                call("streamId", () -> new ChatAbortedException("stopped", null, AbortReason.STOPPED)),
                call("reason", () -> new ChatAbortedException("stopped", "stream-1", null)));
    }

    @Test
    void ownersHoldNoNulls() {
        assertThatNullPointerException()
                .isThrownBy(() -> new ChatStreams.Owners(true, Collections.singletonMap("chat-1", null)));
    }

    private static Arguments call(String parameter, ThrowingCallable call) {
        return Arguments.of(parameter, call);
    }
}
