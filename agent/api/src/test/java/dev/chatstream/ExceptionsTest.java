package dev.chatstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExceptionsTest {
    @Test
    void busyCarriesTheChatAndWhoHoldsIt() throws Exception {
        ChatBusyException busy = copied(new ChatBusyException("Chat 'c' is busy.", "c", "s"));

        assertThat(busy).isInstanceOf(IllegalStateException.class).hasMessage("Chat 'c' is busy.");
        assertThat(busy.chatId()).isEqualTo("c");
        assertThat(busy.ownerStreamId()).contains("s");
        assertThat(new ChatBusyException("busy", "c", null).ownerStreamId()).isEmpty();
    }

    @Test
    void unavailableCarriesTheChatAndTheCause() throws Exception {
        Exception cause = new Exception("no answer");
        ChatLockUnavailableException unavailable = new ChatLockUnavailableException("Redis is away.", "c", cause);

        assertThat(unavailable).isInstanceOf(IllegalStateException.class).hasCause(cause);
        assertThat(copied(unavailable)).hasMessage("Redis is away.");
        assertThat(copied(unavailable).chatId()).contains("c");
        assertThat(new ChatLockUnavailableException("away", null, null))
                .hasNoCause()
                .satisfies(nobody -> assertThat(nobody.chatId()).isEmpty());
    }

    @Test
    void abortedCarriesTheStreamAndTheReason() throws Exception {
        ChatAbortedException aborted = copied(new ChatAbortedException("stopped", "s", AbortReason.MAX_HOLD));

        assertThat(aborted).isInstanceOf(CancellationException.class).hasMessage("stopped");
        assertThat(aborted.streamId()).isEqualTo("s");
        assertThat(aborted.reason()).isEqualTo(AbortReason.MAX_HOLD);
    }

    /** The JDK's doing, and said in the Javadoc: newer JDKs throw an exception of their own, with ours as its cause. */
    @Test
    void aFutureThatWasAbortedCountsAsCancelled() {
        ChatAbortedException aborted = new ChatAbortedException("stopped", "s", AbortReason.STOPPED);
        CompletableFuture<String> future = new CompletableFuture<>();
        future.completeExceptionally(aborted);

        assertThat(future).isCancelled();
        assertThatThrownBy(future::join)
                .isInstanceOf(CancellationException.class)
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isSameAs(aborted),
                        thrown -> assertThat(thrown).hasCause(aborted));
    }

    @SuppressWarnings("unchecked")
    private static <T> T copied(T original) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
