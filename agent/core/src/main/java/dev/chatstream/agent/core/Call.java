package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of a guarded method, as its expressions gave it.
 *
 * @param chatId null, blank or too long: the call has no chat
 * @param streamId null or blank: a unique one is made
 * @param requestId null or blank: none
 * @param listener null: nobody is told what becomes of it
 */
public record Call(
        Rule rule,
        @Nullable String chatId,
        @Nullable String streamId,
        @Nullable String requestId,
        @Nullable Listener listener) {

    /**
     * Is told what becomes of the streams of one call: of its own, and of those that further subscriptions to what it returned
     * have. Told on whatever thread decides, sweeps and those of the store's driver among them: it does not block.
     */
    public interface Listener {
        void hear(String streamId, Event event);
    }

    /** What may become of a stream. */
    public sealed interface Event {

        /**
         * It is let in, and that took time: another stream had its chat, or the store did not answer at once.
         *
         * @param enforced false: it has no lock, since the chat is another's and nothing is enforced
         */
        record LetIn(Duration waited, boolean enforced) implements Event {}

        record Refused(Duration waited, Entry.Refusal refusal) implements Event {}

        /** It was open, or its method ran. */
        record Aborted(GuardedStream.AbortReason reason) implements Event {}
    }

    public Call {
        streamId = streamId == null || streamId.isBlank() ? null : streamId;
        requestId = requestId == null || requestId.isBlank() ? null : requestId;
    }

    /** A call of which nobody is told. */
    public Call(Rule rule, @Nullable String chatId, @Nullable String streamId, @Nullable String requestId) {
        this(rule, chatId, streamId, requestId, null);
    }

    /**
     * What holds for every call of one method; made once, when it is woven.
     *
     * @param method class and method, for people
     * @param onBusy null: as configured
     * @param acquireTimeout null: as configured
     * @param onLost null: as configured
     * @param interruptible false: an abort never interrupts the thread that runs the method
     * @param subscribed whether the method returns a publisher: something that runs once it is subscribed to
     */
    public record Rule(
            String method,
            @Nullable OnBusy onBusy,
            @Nullable Duration acquireTimeout,
            @Nullable OnLost onLost,
            boolean interruptible,
            boolean subscribed) {

        /** The rule of a method that returns no publisher. */
        public Rule(
                String method,
                @Nullable OnBusy onBusy,
                @Nullable Duration acquireTimeout,
                @Nullable OnLost onLost,
                boolean interruptible) {
            this(method, onBusy, acquireTimeout, onLost, interruptible, false);
        }
    }
}
