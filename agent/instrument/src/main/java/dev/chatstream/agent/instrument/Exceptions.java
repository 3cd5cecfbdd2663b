package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions that the application sees. */
interface Exceptions {

    default RuntimeException of(Entry.Refusal refusal) {
        return switch (refusal) {
            case Entry.Busy busy -> busy(busy.message(), busy.chatId(), busy.ownerStreamId());
            case Entry.Unavailable unavailable -> unavailable(unavailable.message(), unavailable.chatId());
            case Entry.Aborted aborted -> aborted(aborted.message(), aborted.streamId(), aborted.reason());
            case Entry.MissingChatId missing -> new IllegalArgumentException(missing.message());
        };
    }

    RuntimeException busy(String message, String chatId, @Nullable String ownerStreamId);

    RuntimeException unavailable(String message, String chatId);

    RuntimeException aborted(String message, String streamId, AbortReason reason);

    /** The types of the JDK, for an application that does not see the API. */
    final class OfJdk implements Exceptions {

        @Override
        public RuntimeException busy(String message, String chatId, @Nullable String ownerStreamId) {
            return new IllegalStateException(message);
        }

        @Override
        public RuntimeException unavailable(String message, String chatId) {
            return new IllegalStateException(message);
        }

        @Override
        public RuntimeException aborted(String message, String streamId, AbortReason reason) {
            return Aborts.noted(new CancellationException(message), reason);
        }
    }
}
