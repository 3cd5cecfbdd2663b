package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.instrument.Weaving;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Says of rules that guard nothing that they do: once, a minute after the start or when the JVM ends, whichever comes first;
 * with {@code strict} also as an error each minute, for as long as there are any. Holds no thread but for a virtual one that
 * sleeps, and keeps no JVM alive.
 */
final class RuleWatch {

    static final Duration MINUTE = Duration.ofMinutes(1);

    private final Weaving.Rules rules;
    private final boolean strict;
    private final Supplier<List<String>> loaded;
    private final LineQuota.Ticker ticker;
    private final Journal journal;
    private final AtomicBoolean said = new AtomicBoolean();

    /** @param loaded gives the names of all classes that are loaded */
    RuleWatch(
            Weaving.Rules rules,
            boolean strict,
            Supplier<List<String>> loaded,
            LineQuota.Ticker ticker,
            Journal journal) {
        this.rules = rules;
        this.strict = strict;
        this.loaded = loaded;
        this.ticker = ticker;
        this.journal = journal;
    }

    void start() {
        ticker.later(MINUTE, this::aMinuteLater);
    }

    private void aMinuteLater() {
        List<String> idle = rules.idle(loaded.get());
        tellOnce(idle);
        if (strict && !idle.isEmpty()) {
            journal.tell(
                    Level.ERROR,
                    "idle rules",
                    "NOT READY (strict=true): " + idle.size() + (idle.size() == 1 ? " rule guards" : " rules guard")
                            + " nothing. " + String.join(" ", idle),
                    null);
            ticker.later(MINUTE, this::aMinuteLater);
        }
    }

    void atExit() {
        if (!said.get()) {
            tellOnce(rules.idle(loaded.get()));
        }
    }

    /** The minute may be over just when the JVM ends: whoever comes first tells. */
    private void tellOnce(List<String> idle) {
        if (said.compareAndSet(false, true)) {
            int number = 0;
            for (String line : idle) {
                number++; // each is of a kind of its own, so that none is left out
                journal.tell(Level.WARN, "idle rule " + number, line, null);
            }
        }
    }
}
