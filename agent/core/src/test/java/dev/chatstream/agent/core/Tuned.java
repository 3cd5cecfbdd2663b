package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardSettings.OnMissingChatId;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Settings of a pod that differ from the usual ones: {@code world.pod(Tuned.with(s -> s.maxWaiters = 2))}. */
final class Tuned {
    Duration lockTtl;
    Duration heartbeat;
    Duration abortPoll;
    Duration commandTimeout;
    Duration acquireTimeout;
    int maxWaiters;
    Duration abortGrace;
    Duration maxHold;
    Duration subscribeTimeout;
    Duration statsInterval;
    OnBusy onBusy;
    OnLost onLost;
    OnRedisDown onRedisDown;
    OnMissingChatId onMissingChatId;
    Mode mode;

    private Tuned(GuardSettings from) {
        lockTtl = from.lockTtl();
        heartbeat = from.heartbeat();
        abortPoll = from.abortPoll();
        commandTimeout = from.commandTimeout();
        acquireTimeout = from.acquireTimeout();
        maxWaiters = from.maxWaiters();
        abortGrace = from.abortGrace();
        maxHold = from.maxHold();
        subscribeTimeout = from.subscribeTimeout();
        statsInterval = from.statsInterval();
        onBusy = from.onBusy();
        onLost = from.onLost();
        onRedisDown = from.onRedisDown();
        onMissingChatId = from.onMissingChatId();
        mode = from.mode();
    }

    static UnaryOperator<GuardSettings> with(Consumer<Tuned> change) {
        return from -> {
            Tuned tuned = new Tuned(from);
            change.accept(tuned);
            return tuned.settings();
        };
    }

    private GuardSettings settings() {
        return new GuardSettings(
                lockTtl,
                heartbeat,
                abortPoll,
                commandTimeout,
                acquireTimeout,
                maxWaiters,
                abortGrace,
                maxHold,
                subscribeTimeout,
                statsInterval,
                onBusy,
                onLost,
                onRedisDown,
                onMissingChatId,
                mode);
    }
}
