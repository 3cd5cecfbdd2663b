package dev.chatstream.agent.dist;

import java.io.PrintStream;

/** {@code java -jar chatstream-agent.jar}: the one place where the agent writes to stdout. */
final class CommandLine {

    private static final int DONE = 0;
    private static final int WRONG_USAGE = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final String version;

    CommandLine(PrintStream out, PrintStream err, String version) {
        this.out = out;
        this.err = err;
        this.version = version;
    }

    /** The exit code. */
    int run(String... arguments) {
        String first = arguments.length == 0 ? "--help" : arguments[0];
        if (arguments.length > 1) {
            return wrong(arguments[1]);
        }
        // a further command, such as one that checks an application's jars, is a further case here
        return switch (first) {
            case "--help", "-h" -> help();
            case "--version", "-V" -> version();
            default -> wrong(first);
        };
    }

    private int help() {
        out.println("ChatStream " + version + ": one stream a chat, on every pod.");
        out.println();
        out.print(USAGE);
        out.println();
        out.print(SettingsText.terminal());
        out.flush();
        return DONE;
    }

    private int version() {
        out.println(version);
        out.flush();
        return DONE;
    }

    private int wrong(String argument) {
        StringBuilder line = new StringBuilder("Unknown argument: ");
        Escapes.append(line, argument);
        err.println(line);
        err.println();
        err.print(USAGE);
        err.flush();
        return WRONG_USAGE;
    }

    private static final String USAGE = """
            Usage:
              java -javaagent:chatstream-agent.jar[=key=value;key=value] -jar app.jar
                                       guard the methods of app.jar that are annotated with @ChatStream
              java -jar chatstream-agent.jar [--help]
                                       print this
              java -jar chatstream-agent.jar --version
                                       print the version
            """;
}
