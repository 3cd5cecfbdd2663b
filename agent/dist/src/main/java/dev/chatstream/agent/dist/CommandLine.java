package dev.chatstream.agent.dist;

import java.io.PrintStream;
import java.util.List;

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
        if (first.equals("check")) {
            return check(List.of(arguments).subList(1, arguments.length));
        }
        if (arguments.length > 1) {
            return unknown(arguments[1]);
        }
        return switch (first) {
            case "--help", "-h" -> help();
            case "--version", "-V" -> version();
            default -> unknown(first);
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

    private int check(List<String> arguments) {
        CheckCommand check = new CheckCommand(out, version);
        String wrong = check.wrongUsage(arguments);
        if (wrong != null) {
            return wrong(wrong);
        }
        try {
            return check.run(System.getProperties(), System.getenv());
        } catch (InterruptedException nobodyDoesThis) {
            Thread.currentThread().interrupt();
            return WRONG_USAGE;
        }
    }

    private int unknown(String argument) {
        return wrong("Unknown argument: " + argument);
    }

    private int wrong(String what) {
        StringBuilder line = new StringBuilder();
        Escapes.append(line, what);
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
              java -jar chatstream-agent.jar check [--json] [--methods=RULES] [--methods-file=FILE] app.jar...
                                       tell what would be guarded in jars, WARs, directories or class
                                       paths, and what is wrong; exit code 0, 1: mistakes, 2: usage
              java -jar chatstream-agent.jar [--help]
                                       print this
              java -jar chatstream-agent.jar --version
                                       print the version
            """;
}
