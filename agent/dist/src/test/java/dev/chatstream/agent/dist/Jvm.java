package dev.chatstream.agent.dist;

import dev.chatstream.ChatStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM beside this one, with the packaged agent on its flag or without. */
final class Jvm {

    /** What is left of one that has ended. */
    record Ended(int code, List<String> out, List<String> err) {}

    private static final Path AGENT = Path.of(System.getProperty("agent.jar"));

    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Path directory;
    private Process process;
    private BufferedReader out;
    private final List<String> read = new ArrayList<>();

    /** The directory takes stderr, and is where it runs. */
    Jvm(Path directory) {
        this.directory = directory;
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    static Path agent() {
        return AGENT;
    }

    static String ownClassPath() {
        return place(Jvm.class) + java.io.File.pathSeparator + place(ChatStreams.class);
    }

    static String place(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    Jvm of(Path javaHome) {
        command.set(0, javaHome.resolve("bin").resolve("java").toString());
        return this;
    }

    /** One of the JDK's tools, with the agent in {@code JAVA_TOOL_OPTIONS}. */
    Jvm tool(String name, String settings) {
        command.set(0, Path.of(command.get(0)).resolveSibling(name).toString());
        environment.put("JAVA_TOOL_OPTIONS", "-javaagent:" + AGENT + "=" + settings);
        return this;
    }

    Jvm with(String... arguments) {
        command.addAll(List.of(arguments));
        return this;
    }

    Jvm agent(String settings) {
        return with("-javaagent:" + AGENT + (settings.isEmpty() ? "" : "=" + settings));
    }

    Jvm running(Class<?> main, String... arguments) {
        return with("-cp", ownClassPath(), main.getName()).with(arguments);
    }

    Jvm start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("CHATSTREAM") || name.startsWith("JAVA_TOOL"));
            builder.environment().putAll(environment);
            builder.redirectError(directory.resolve("stderr").toFile());
            process = builder.start();
            out = process.inputReader(StandardCharsets.UTF_8);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads its stdout up to a line that begins so; what stood there before is kept. */
    void awaitLine(String beginning) {
        for (String line = readLine(); !line.startsWith(beginning); line = readLine()) {
            read.add(line);
        }
        read.add(beginning);
    }

    private String readLine() {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new AssertionError("it ended early: " + read + ", stderr: " + stderr());
            }
            return line;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void terminate() {
        process.toHandle().destroy(); // SIGTERM; the process's own destroy would also close its stdout here
    }

    Ended end() {
        if (process == null) {
            start();
        }
        try {
            out.lines().forEach(read::add);
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end: " + read + ", stderr: " + stderr());
            }
            return new Ended(process.exitValue(), List.copyOf(read), stderr());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private List<String> stderr() {
        try {
            return Files.readAllLines(directory.resolve("stderr"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
