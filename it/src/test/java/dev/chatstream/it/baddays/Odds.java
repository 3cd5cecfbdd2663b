package dev.chatstream.it.baddays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import java.util.List;
import java.util.function.Predicate;

/** Runs an application against the odds, with the agent and without. */
final class Odds {

    private static final String OURS = "[chatstream] ";

    private Odds() {}

    /** The first call waits for the connection, however slow the machine is. */
    static PodPlan patient(PodPlan plan) {
        return plan.with("lock-ttl", "60s").with("redis-command-timeout", "20s");
    }

    /** The plan of an application that calls a guarded method once. */
    static PodPlan oneCall(PodPlan plan) {
        return patient(plan).mainClass(Caller.class.getName()).arguments(Guarded.class.getName());
    }

    /** Its guarded method has its lock, all else is as without the agent, and there is nothing to warn of. */
    static void isGuarded(PodPlan plan) {
        Output with = Output.of(plan);
        assertThat(with.text()).as(with.stderr()).contains(", true\n");
        sameButForTheLock(with, Output.of(plan.withoutAgent()));
        assertThat(ours(with)).isNotEmpty().noneMatch(line -> line.matches(".* (WARN|ERROR) .*"));
    }

    /** The same output, exit code and foreign lines; only that the lock is not held without the agent. */
    static void sameButForTheLock(Output with, Output without) {
        assertThat(with.text().replace(", true\n", ", false\n"))
                .as(with.stderr())
                .isEqualTo(without.text());
        assertThat(without.text()).doesNotContain(", true\n");
        assertThat(with.code()).as(with.stderr()).isEqualTo(without.code());
        assertThat(with.errors().stream().filter(Predicate.not(Odds::isOurs)))
                .as(with.stderr())
                .containsExactlyElementsOf(without.errors());
    }

    static List<String> ours(Output output) {
        return output.errors().stream().filter(Odds::isOurs).toList();
    }

    private static boolean isOurs(String line) {
        return line.startsWith(OURS);
    }

    /** What is warned of, without the time. */
    static List<String> warnings(Output output) {
        return ours(output).stream()
                .filter(line -> line.matches(".* (WARN|ERROR) .*"))
                .map(line -> line.replaceAll("^.* (WARN|ERROR) +", ""))
                .toList();
    }
}
