package dev.chatstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The application runs without the flag: nothing here is woven, and every call is the documented no-op. */
class WithoutTheAgentTest {
    @Test
    void theAgentIsNotActive() {
        assertThat(ChatStreams.isAgentActive()).isFalse();
    }

    @Test
    void noCodeRunsInAStream() {
        assertThat(ChatStreams.current()).isEmpty();
    }

    @Test
    void stopDoesNothing() {
        assertThatCode(() -> ChatStreams.abort("stream-1")).doesNotThrowAnyException();
        assertThat(ChatStreams.abortAsync("stream-1")).isCompletedWithValue(null);
    }

    @Test
    void stopByChatFindsNobody() {
        assertThat(ChatStreams.abortChat("chat-1")).isEmpty();
        assertThat(ChatStreams.abortChatAsync("chat-1").join()).isEmpty();
    }

    @Test
    void nobodyHoldsAChatAndNobodyVerifiedThat() {
        ChatStreams.Owners nobody = new ChatStreams.Owners(false, Map.of());

        assertThat(ChatStreams.owner("chat-1")).isEmpty();
        assertThat(ChatStreams.owners(List.of("chat-1", "chat-2"))).isEqualTo(nobody);
        assertThat(ChatStreams.ownersAsync(List.of("chat-1")).join()).isEqualTo(nobody);
    }

    @Test
    void eachFutureIsTheCallersOwn() {
        CompletableFuture<?> spoilt = ChatStreams.abortAsync("stream-1");
        spoilt.obtrudeException(new IllegalStateException("spoilt"));

        assertThat(ChatStreams.abortAsync("stream-1")).isCompletedWithValue(null);
    }

    @Test
    void anAnnotatedMethodIsAMethodLikeAnyOther() {
        assertThat(new Annotated().answer("chat-1", "Hi")).isEqualTo("Hi chat-1");
    }

    @Test
    void askingForTheCurrentStreamAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        askManyTimes(); // whatever is made once is made here
        threads.getCurrentThreadAllocatedBytes();

        long before = threads.getCurrentThreadAllocatedBytes();
        askManyTimes();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes for 10,000 calls").isLessThan(10_000);
    }

    private static void askManyTimes() {
        for (int i = 0; i < 10_000; i++) {
            if (ChatStreams.current().isPresent() || ChatStreams.isAgentActive()) {
                throw new AssertionError("there is no agent");
            }
        }
    }

    /** A method added to {@link ChatStreams} is to have its line above. */
    @Test
    void everyCallIsTriedHere() {
        assertThat(Arrays.stream(ChatStreams.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName))
                .containsExactlyInAnyOrder(
                        "isAgentActive",
                        "current",
                        "abort",
                        "abortAsync",
                        "abortChat",
                        "abortChatAsync",
                        "owner",
                        "owners",
                        "ownersAsync");
    }

    static class Annotated {
        @ChatStream(onBusy = OnBusy.REJECT)
        String answer(@ChatId String chatId, String question) {
            return question + " " + chatId;
        }
    }
}
