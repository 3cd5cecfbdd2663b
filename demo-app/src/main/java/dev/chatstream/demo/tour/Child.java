package dev.chatstream.demo.tour;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that the tour started, and what it printed. */
final class Child implements AutoCloseable {
    private static final int SECONDS_TO_DIE = 10;

    private final String name;
    private final Process process;
    private final Seen<String> lines;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        lines = new Seen<>(name);
        Thread.ofVirtual().name("output of " + name).start(this::read);
    }

    /** Its temporary files, too, stay within {@code folder}. Settings of the caller's own for ChatStream are not passed on. */
    static Child start(String name, Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        Files.createDirectories(folder);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith("CHATSTREAM"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Child(name, process);
    }

    Seen<String> lines() {
        return lines;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(SECONDS_TO_DIE, TimeUnit.SECONDS)) {
                throw new TourException(name + " (process " + pid() + ") outlived a kill by " + SECONDS_TO_DIE + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(no more to read: " + e.getMessage() + ")");
        } finally {
            lines.end();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
