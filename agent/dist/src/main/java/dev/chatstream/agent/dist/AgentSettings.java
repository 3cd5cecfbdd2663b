package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.GuardSettings;
import dev.chatstream.agent.core.Journal;

/** The settings as the parts of the agent want them. */
record AgentSettings(Values values, Relations relations) {

    /** Whether anything is woven at all. */
    boolean isWoven() {
        return values.get(SettingsTable.ENABLED) && values.get(SettingsTable.MODE) != Mode.OFF;
    }

    /** What to say where it is not. */
    String whyNotWoven() {
        return values.get(SettingsTable.ENABLED) ? "mode=off" : "enabled=false";
    }

    boolean isStrict() {
        return values.get(SettingsTable.STRICT);
    }

    Journal.Level logLevel() {
        return values.get(SettingsTable.LOG_LEVEL);
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
                values.get(SettingsTable.ON_BUSY),
                values.get(SettingsTable.ON_LOST),
                values.get(SettingsTable.ON_REDIS_DOWN),
                values.get(SettingsTable.ON_MISSING_CHAT_ID),
                values.get(SettingsTable.MODE) == Mode.OBSERVE
                        ? GuardSettings.Mode.OBSERVE
                        : GuardSettings.Mode.ENFORCE);
    }
}
