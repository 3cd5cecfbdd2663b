package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Values.Said;
import java.time.Duration;
import java.util.Optional;

/** The durations that hang on one another, judged once all are known. */
record Relations(Duration commandTimeout, Duration heartbeat, Duration abortPoll) {

    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(2);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);

    static Relations judge(Values values, Remarks remarks) {
        Duration ttl = values.get(SettingsTable.LOCK_TTL);
        Duration third = part(ttl, 3);
        Duration timeout =
                limited(SettingsTable.REDIS_COMMAND_TIMEOUT, third, shorter(LONGEST_COMMAND, third), values, remarks);
        Duration heartbeat = limited(SettingsTable.HEARTBEAT, part(ttl, 2), third, values, remarks);
        Duration poll = limited(SettingsTable.ABORT_POLL, heartbeat, shorter(LONGEST_POLL, heartbeat), values, remarks);
        return new Relations(timeout, heartbeat, poll);
    }

    private static Duration limited(
            Setting<Duration> setting, Duration most, Duration standard, Values values, Remarks remarks) {
        Optional<Said> said = values.said(setting);
        if (said.isEmpty()) {
            return standard;
        }
        Duration value = values.given(setting).orElse(standard);
        if (value.compareTo(most) <= 0) {
            return value;
        }
        String complaint = "write " + setting.form().allowed() + ", which is " + Durations.text(most) + " here";
        remarks.mistake(
                Messages.wrong(setting, said.get(), complaint), Messages.standardUsed(Durations.text(standard)));
        return standard;
    }

    /** In whole milliseconds, as Redis counts. */
    private static Duration part(Duration whole, int parts) {
        return Duration.ofMillis(whole.toMillis() / parts);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
