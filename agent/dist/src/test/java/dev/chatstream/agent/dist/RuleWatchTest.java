package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.instrument.Weaving;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleWatchTest {

    private static final String IDLE =
            "The rule com.acme.Chat#ask(#p0) (agent argument, column 1) guards nothing: no class"
                    + " com.acme.Chat was loaded so far; similar: com.acme.chat.Chat.";

    private final HandTicker ticker = new HandTicker();
    private final List<String> lines = new ArrayList<>();

    private RuleWatch watching(boolean strict) {
        Weaving.Rules rules = Weaving.Rules.none();
        assertThat(rules.read("com.acme.Chat#ask(#p0)", "agent argument")).isEmpty();
        List<String> loaded = List.of("com.acme.chat.Chat", "com.acme.Other");
        RuleWatch watch = new RuleWatch(rules, strict, () -> loaded, ticker, new Notes());
        watch.start();
        return watch;
    }

    @Test
    void aRuleThatGuardsNothingIsSaidOnceAfterAMinute() {
        RuleWatch watch = watching(false);
        ticker.pass(Duration.ofSeconds(59));
        assertThat(lines).isEmpty();
        ticker.pass(Duration.ofSeconds(1));
        assertThat(lines).containsExactly("WARN " + IDLE);
        ticker.pass(Duration.ofMinutes(10));
        watch.atExit();
        assertThat(lines).hasSize(1);
        assertThat(ticker.wakeUps()).isZero();
    }

    @Test
    void orWhenTheJvmEndsIfThatIsSooner() {
        RuleWatch watch = watching(false);
        watch.atExit();
        assertThat(lines).containsExactly("WARN " + IDLE);
        ticker.pass(Duration.ofMinutes(1));
        assertThat(lines).hasSize(1);
    }

    @Test
    void withStrictItIsAnErrorEachMinute() {
        RuleWatch watch = watching(true);
        for (int minute = 0; minute < 3; minute++) {
            ticker.pass(Duration.ofMinutes(1));
        }
        watch.atExit();
        String error = "ERROR NOT READY (strict=true): 1 rule guards nothing. " + IDLE;
        assertThat(lines).containsExactly("WARN " + IDLE, error, error, error);
    }

    private final class Notes implements Journal {
        @Override
        public boolean tells(Level level) {
            return true;
        }

        @Override
        public void tell(Level level, String kind, String message, @Nullable Throwable cause) {
            lines.add(level + " " + message);
        }
    }
}
