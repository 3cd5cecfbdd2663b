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
 */
public record Call(
        Rule rule,
        @Nullable String chatId,
        @Nullable String streamId,
        @Nullable String requestId) {

    public Call {
        streamId = streamId == null || streamId.isBlank() ? null : streamId;
        requestId = requestId == null || requestId.isBlank() ? null : requestId;
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
