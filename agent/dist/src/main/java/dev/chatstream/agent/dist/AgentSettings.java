package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.GuardSettings;
import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.instrument.Weaving;
import dev.chatstream.agent.redis.RedisStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings as the parts of the agent want them.
 *
 * @param modeFile where the mode is read again from; empty: there is no config file, or a source before it has the mode
 * @param rules what is guarded without an annotation; null: nothing is configured so
 */
record AgentSettings(Values values, Relations relations, Optional<Path> modeFile, Weaving.@Nullable Rules rules) {

    /** Whether anything is woven at all. */
    boolean isWoven() {
        return values.get(SettingsTable.ENABLED);
    }

    boolean isStrict() {
        return values.get(SettingsTable.STRICT);
    }

    Optional<Path> reportFile() {
        return values.given(SettingsTable.REPORT_FILE);
    }

    /** @param report null: none is to be written */
    Weaving.Options weaving(Weaving.@Nullable Report report) {
        return new Weaving.Options(isStrict(), values.get(SettingsTable.ON_STOP) == OnStop.COMPLETE, rules, report);
    }

    Journal.Level logLevel() {
        return values.get(SettingsTable.LOG_LEVEL);
    }

    /** How to reach Redis; empty: not at all. */
    Optional<RedisStore.Settings> redis() {
        Optional<List<String>> uris = values.given(SettingsTable.REDIS_URI);
        if (uris.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RedisStore.Settings(
                uris.get(),
                values.given(SettingsTable.REDIS_USERNAME),
                values.given(SettingsTable.REDIS_PASSWORD),
                values.given(SettingsTable.REDIS_PASSWORD_FILE),
                values.given(SettingsTable.REDIS_CA_FILE),
                values.given(SettingsTable.REDIS_CERT_FILE),
                values.given(SettingsTable.REDIS_KEY_FILE),
                relations.commandTimeout(),
                values.get(SettingsTable.LOCK_TTL),
                values.given(SettingsTable.KEY_NAMESPACE).orElse("")));
    }

    GuardSettings guard() {
        return new GuardSettings(
                values.get(SettingsTable.LOCK_TTL),
                relations.heartbeat(),
                relations.abortPoll(),
                relations.commandTimeout(),
                values.get(SettingsTable.ACQUIRE_TIMEOUT),
                values.get(SettingsTable.MAX_WAITERS),
                values.get(SettingsTable.ABORT_GRACE),
                values.get(SettingsTable.MAX_HOLD),
                values.get(SettingsTable.SUBSCRIBE_TIMEOUT),
                values.get(SettingsTable.STATS_INTERVAL),
                values.get(SettingsTable.ON_BUSY),
                values.get(SettingsTable.ON_LOST),
                values.get(SettingsTable.ON_REDIS_DOWN),
                values.get(SettingsTable.ON_MISSING_CHAT_ID),
                values.get(SettingsTable.MODE));
    }

    /** What counts, in a line, without secrets. */
    String summary() {
        GuardSettings guard = guard();
        Optional<Values.Said> uri = values.said(SettingsTable.REDIS_URI);
        return "redis-uri " + (uri.isPresent() ? RedisUris.masked(uri.get().text()) : "none")
                + ", lock-ttl " + Durations.text(guard.lockTtl())
                + ", heartbeat " + Durations.text(guard.heartbeat())
                + ", abort-poll " + Durations.text(guard.abortPoll())
                + ", on-busy " + Choices.name(guard.onBusy())
                + ", on-lost " + Choices.name(guard.onLost())
                + ", on-redis-down " + Choices.name(guard.onRedisDown())
                + ", mode " + Choices.name(guard.mode());
    }
}
