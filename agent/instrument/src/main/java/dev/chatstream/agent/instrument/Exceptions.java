package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions that the application sees. */
interface Exceptions {

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
            return new CancellationException(message);
        }
    }
}
