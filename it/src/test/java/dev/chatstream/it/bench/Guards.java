package dev.chatstream.it.bench;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardSettings;
import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardSettings.OnMissingChatId;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.LeaseStore;
import dev.chatstream.agent.core.StreamGuard;
import dev.chatstream.agent.redis.RedisStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine as the agent puts it together, without the weaving. */
final class Guards {

    static final Duration TTL = Duration.ofSeconds(60);

    /** The defaults of the product. */
    private static final GuardSettings DEFAULTS = new GuardSettings(
            TTL,
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            8,
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            OnBusy.WAIT,
            OnLost.ABORT,
            OnRedisDown.DEGRADE,
            OnMissingChatId.PASS,
            Mode.ENFORCE);

    private static final Call.Rule RULE = new Call.Rule("Bench#call", null, null, null, true);

    private Guards() {}

    static StreamGuard on(LeaseStore store) {
        return StreamGuard.start(DEFAULTS, store, new Warnings());
    }

    static LeaseStore redis(String uri) {
        return RedisStore.create(
                new RedisStore.Settings(
                        List.of(uri),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        DEFAULTS.commandTimeout(),
                        TTL,
                        ""),
                new Warnings());
    }

    static Entry.Entered enter(StreamGuard guard, String chatId) {
        Entry entry = guard.enter(new Call(RULE, chatId, null, null));
        if (entry instanceof Entry.Entered entered) {
            return entered;
        }
        throw new IllegalStateException(chatId + ": " + entry);
    }

    /** Enters with the lock held: a benchmark of a guard that is degraded would say nothing. */
    static void enterAndLeave(StreamGuard guard, String chatId) {
        Entry.Entered entered = enter(guard, chatId);
        if (!entered.stream().holdsLock()) {
            throw new IllegalStateException(chatId + " was entered without its lock");
        }
        entered.leave();
    }

    private static final class Warnings implements Journal {
        @Override
        public boolean tells(Level level) {
            return level == Level.ERROR || level == Level.WARN;
        }

        @Override
        public void tell(Level level, String kind, String message, @Nullable Throwable cause) {
            if (tells(level)) {
                System.err.println(level + " " + message);
            }
        }
    }
}
