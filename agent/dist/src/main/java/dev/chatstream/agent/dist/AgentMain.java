package dev.chatstream.agent.dist;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** What {@link dev.chatstream.agent.Premain} calls inside, by name. */
final class AgentMain {

    private AgentMain() {}

    /** For {@code -javaagent}. */
    static void start(@Nullable String argument, Instrumentation instrumentation) {
        if (!JdkTool.isThis()) {
            new Composition(System.err).start(argument, instrumentation);
        }
    }

    /** For {@code java -jar}; answers the exit code. */
    static int command(String[] arguments) {
        return new CommandLine(System.out, System.err, version()).run(arguments);
    }

    static String version() {
        String version = AgentMain.class.getPackage().getImplementationVersion();
        return version == null ? "development version" : version;
    }
}
