package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Remarks.Remark;
import dev.chatstream.agent.instrument.Weaving;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** {@code check}: tells from class files alone what in an application would be guarded, and what is wrong. */
final class CheckCommand {

    private static final int FINE = 0;
    private static final int MISTAKES = 1;

    private final PrintStream out;
    private final String version;
    private final List<Path> paths = new ArrayList<>();
    private final Map<String, String> rules = new LinkedHashMap<>();
    private boolean json;

    CheckCommand(PrintStream out, String version) {
        this.out = out;
        this.version = version;
    }

    /**
     * Takes the arguments behind {@code check}.
     *
     * @return what is wrong with them; null: nothing
     */
    @Nullable
    String wrongUsage(List<String> arguments) {
        for (String argument : arguments) {
            String wrong = argument.startsWith("--") ? option(argument) : classPath(argument);
            if (wrong != null) {
                return wrong;
            }
        }
        return paths.isEmpty() ? "check needs a jar, a WAR or a directory" : null;
    }

    private @Nullable String option(String argument) {
        int equals = argument.indexOf('=');
        String name = argument.substring(2, equals < 0 ? argument.length() : equals);
        if (argument.equals("--json")) {
            json = true;
        } else if (equals >= 0
                && (name.equals(SettingsTable.METHODS.key()) || name.equals(SettingsTable.METHODS_FILE.key()))) {
            rules.put(name, argument.substring(equals + 1));
        } else {
            return "Unknown argument: " + argument;
        }
        return null;
    }

    private @Nullable String classPath(String argument) {
        boolean one = exists(argument);
        for (String entry : one ? new String[] {argument} : argument.split(File.pathSeparator, -1)) {
            if (!entry.isEmpty() && !add(entry)) {
                return "There is no " + entry;
            }
        }
        return null;
    }

    private boolean add(String entry) {
        if (entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*")) {
            return addJarsOf(entry.substring(0, entry.length() - 1));
        }
        if (!exists(entry)) {
            return false;
        }
        return paths.add(Path.of(entry));
    }

    /** As in the JVM's class paths, in the order of their names. */
    private boolean addJarsOf(String directory) {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(directory), "*.{jar,JAR}")) {
            found.forEach(jars::add);
        } catch (IOException | InvalidPathException none) {
            return false;
        }
        jars.sort(null);
        return paths.addAll(jars) || jars.isEmpty();
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException none) {
            return false;
        }
    }

    /** The exit code. */
    int run(Properties properties, Map<String, String> environment) throws InterruptedException {
        SettingsReader.RulesRead read = SettingsReader.rules(rules, properties, environment);
        Weaving.Checked checked = Weaving.check(paths, read.rules());
        List<String> mistakes = new ArrayList<>();
        for (Remark remark : read.remarks().all()) {
            mistakes.add(remark.line());
        }
        mistakes.addAll(checked.mistakes());
        Checkup checkup = new Checkup(version, checked, mistakes);
        out.print(json ? CheckupJson.of(checkup) : checkup.text());
        out.flush();
        return checkup.isFine() ? FINE : MISTAKES;
    }
}
