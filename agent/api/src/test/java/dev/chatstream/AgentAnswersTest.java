package dev.chatstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stop and look-ups, with an agent that answers from a table: what becomes of its answers, and whose the futures are. */
class AgentAnswersTest {
    private final IOException silent = new IOException("Redis at localhost:6379 did not answer within 2s.");

    private FakeAgent agent;

    @BeforeEach
    void installTheAgent() {
        agent = FakeAgent.install();
    }

    @AfterEach
    void removeTheAgent() {
        agent.close();
    }

    @Test
    void theAgentIsActiveWhenItSaysSo() {
        assertThat(ChatStreams.isAgentActive()).isFalse();
        agent.answers("active", true);
        assertThat(ChatStreams.isAgentActive()).isTrue();
    }

    @Test
    void outsideOfAStreamThereIsNoneWithTheAgentEither() {
        assertThat(ChatStreams.current()).isEmpty();
    }

    @Test
    void stopAndLookUpsAskTheAgentForWhatTheyWereGiven() {
        List<String> chats = new ArrayList<>(List.of("chat-1", "chat-2"));

        ChatStreams.abort("stream-1");
        ChatStreams.abortChat("chat-1");
        ChatStreams.owner("chat-2");
        ChatStreams.owners(chats);
        chats.clear();

        assertThat(agent.asked)
                .containsExactly(
                        new FakeAgent.Asked("abort", null, "stream-1"),
                        new FakeAgent.Asked("abortChat", null, "chat-1"),
                        new FakeAgent.Asked("owner", null, "chat-2"),
                        new FakeAgent.Asked("owners", null, List.of("chat-1", "chat-2")));
    }

    @Test
    void whatTheAgentAnswersIsReturned() {
        Map<String, String> holders = Map.of("chat-1", "stream-1");
        agent.answers("abort", CompletableFuture.completedFuture(null))
                .answers("abortChat", CompletableFuture.completedFuture(Optional.of("stream-1")))
                .answers("owner", CompletableFuture.completedFuture(Optional.of("stream-2")))
                .answers("owners", CompletableFuture.completedFuture(Map.entry(true, holders)));

        assertThat(ChatStreams.abortAsync("stream-1")).isCompletedWithValue(null);
        assertThat(ChatStreams.abortChat("chat-1")).contains("stream-1");
        assertThat(ChatStreams.abortChatAsync("chat-1")).isCompletedWithValue(Optional.of("stream-1"));
        assertThat(ChatStreams.owner("chat-1")).contains("stream-2");
        ChatStreams.Owners owners = new ChatStreams.Owners(true, holders);
        assertThat(ChatStreams.owners(List.of("chat-1"))).isEqualTo(owners);
        assertThat(ChatStreams.ownersAsync(List.of("chat-1"))).isCompletedWithValue(owners);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whereRedisCannotBeAskedTheCallSaysSo(String operation, ThrowingCallable call, Optional<String> chatId) {
        agent.answers(operation, CompletableFuture.failedFuture(silent));

        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ChatLockUnavailableException.class,
                        unavailable -> assertThat(unavailable.chatId()).isEqualTo(chatId))
                .hasMessage(silent.getMessage())
                .hasCause(silent);
    }

    static Stream<Arguments> whereRedisCannotBeAskedTheCallSaysSo() {
        return Stream.of(
                Arguments.of("abort", (ThrowingCallable) () -> ChatStreams.abort("stream-1"), Optional.empty()),
                Arguments.of(
                        "abortChat", (ThrowingCallable) () -> ChatStreams.abortChat("chat-1"), Optional.of("chat-1")),
                Arguments.of("owner", (ThrowingCallable) () -> ChatStreams.owner("chat-1"), Optional.of("chat-1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theFuturesOwnStagesSeeTheExceptionAsItIs(
            String operation, Supplier<CompletableFuture<?>> call, Optional<String> chatId) {
        CompletableFuture<Object> asked = new CompletableFuture<>();
        agent.answers(operation, asked.thenApply(answer -> answer)); // a stage of the agent's fails wrapped
        CompletableFuture<Throwable> seen = call.get().handle((answer, failure) -> failure);

        asked.completeExceptionally(silent);

        assertThat(seen.join())
                .isInstanceOfSatisfying(
                        ChatLockUnavailableException.class,
                        unavailable -> assertThat(unavailable.chatId()).isEqualTo(chatId))
                .hasMessage(silent.getMessage());
    }

    static Stream<Arguments> theFuturesOwnStagesSeeTheExceptionAsItIs() {
        Supplier<CompletableFuture<?>> abort = () -> ChatStreams.abortAsync("stream-1");
        Supplier<CompletableFuture<?>> abortChat = () -> ChatStreams.abortChatAsync("chat-1");
        return Stream.of(
                Arguments.of("abort", abort, Optional.empty()),
                Arguments.of("abortChat", abortChat, Optional.of("chat-1")));
    }

    @ParameterizedTest
    @MethodSource
    void whateverElseGoesWrongInTheAgentIsTheSameException(CompletableFuture<?> wrong) {
        agent.answers("abort", wrong);

        assertThatThrownBy(() -> ChatStreams.abort("stream-1"))
                .isInstanceOf(ChatLockUnavailableException.class)
                .hasMessageStartingWith("ChatStream could not answer: ");
    }

    static Stream<CompletableFuture<?>> whateverElseGoesWrongInTheAgentIsTheSameException() {
        CompletableFuture<?> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        return Stream.of(
                CompletableFuture.failedFuture(new ArithmeticException("a bug")),
                CompletableFuture.failedFuture(new CompletionException("no cause", null)),
                CompletableFuture.failedFuture(new IOException()),
                cancelled);
    }

    @Test
    void ownersNeverFail() {
        agent.answers("owners", CompletableFuture.failedFuture(silent));
        ChatStreams.Owners nobody = new ChatStreams.Owners(false, Map.of());

        assertThat(ChatStreams.owners(List.of("chat-1"))).isEqualTo(nobody);
        assertThat(ChatStreams.ownersAsync(List.of("chat-1")).join()).isEqualTo(nobody);
    }

    @Test
    void aFutureThatTheCallerEndsIsTheCallersAlone() {
        CompletableFuture<Optional<String>> asked = new CompletableFuture<>();
        agent.answers("abortChat", asked);
        CompletableFuture<Optional<String>> cancelled = ChatStreams.abortChatAsync("chat-1");
        CompletableFuture<Optional<String>> completed = ChatStreams.abortChatAsync("chat-1");
        CompletableFuture<Optional<String>> left = ChatStreams.abortChatAsync("chat-1");

        cancelled.cancel(true);
        completed.complete(Optional.of("mine"));

        assertThat(asked).isNotDone();
        asked.complete(Optional.of("stream-1"));
        assertThat(left.join()).contains("stream-1");
        assertThat(completed).isCompletedWithValue(Optional.of("mine"));
    }

    @Test
    void theCallersStagesNeverRunOnAThreadOfTheAgents() throws Exception {
        CompletableFuture<Object> asked = new CompletableFuture<>();
        agent.answers("abort", asked).answers("owners", asked.thenApply(done -> Map.entry(true, Map.of())));
        CompletableFuture<Thread> afterStop = runsOn(ChatStreams.abortAsync("stream-1"));
        CompletableFuture<Thread> afterLookUp = runsOn(ChatStreams.ownersAsync(List.of("chat-1")));

        Thread agentsOwn = new Thread(() -> asked.complete(null));
        agentsOwn.start();
        agentsOwn.join();

        assertThat(afterStop.join()).isNotSameAs(agentsOwn);
        assertThat(afterLookUp.join()).isNotSameAs(agentsOwn);
    }

    @Test
    void anInterruptIsKeptAndDoesNotEndTheWait() throws Exception {
        CompletableFuture<Object> asked = new CompletableFuture<>();
        CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();
        agent.answers("abort", asked);
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            ChatStreams.abort("stream-1");
            interruptedAfterwards.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();

        while (asked.getNumberOfDependents() == 0) { // until it waits
            Thread.onSpinWait();
        }
        assertThat(interruptedAfterwards).isNotDone();
        asked.complete(null);

        assertThat(interruptedAfterwards.join()).isTrue();
        caller.join();
    }

    @Test
    void ownersKeepACopy() {
        Map<String, String> holders = new HashMap<>(Map.of("chat-1", "stream-1"));
        ChatStreams.Owners owners = new ChatStreams.Owners(true, holders);
        holders.clear();

        assertThat(owners.byChatId()).containsExactly(Map.entry("chat-1", "stream-1"));
        assertThatThrownBy(() -> owners.byChatId().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static CompletableFuture<Thread> runsOn(CompletionStage<?> stage) {
        return stage.thenApply(answer -> Thread.currentThread()).toCompletableFuture();
    }
}
