package dev.chatstream.it.beside;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.PodPlan;
import java.nio.file.Path;

/** Other agents, and where on the command line they stand. */
final class OtherAgents {

    /** Their flag against ours. */
    enum Order {
        THEIRS_FIRST,
        OURS_FIRST
    }

    private OtherAgents() {}

    /** One that the build has fetched. */
    static Path jar(String name) {
        return AgentJar.placeOf(OtherAgents.class)
                .resolveSibling("beside")
                .resolve(name)
                .toAbsolutePath();
    }

    /** A plan with one more agent. */
    static PodPlan beside(PodPlan plan, Path jar, String argument, Order order) {
        String flag = "-javaagent:" + jar + (argument.isEmpty() ? "" : "=" + argument);
        return switch (order) {
            case THEIRS_FIRST -> plan.flags(flag);
            case OURS_FIRST -> plan.flagsBehindTheAgent(flag);
        };
    }
}
