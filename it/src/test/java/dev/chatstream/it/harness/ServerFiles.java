package dev.chatstream.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Servers that can be started as processes: the static one that comes with a Maven artifact, and the oldest that
 * ChatStream supports, from another artifact, where the machine has the libraries that it needs.
 * {@code -Dit.servers=/path/one,/path/two} takes other ones.
 */
final class ServerFiles {

    static final String STATIC_VERSION = "7.0.15";

    private static final String STATIC = "redis-server-" + STATIC_VERSION + "-";
    private static final List<String> OLDEST = List.of("redis-server-6.2.6-v5-", "redis-server-6.2.7-");

    private static final class Found {
        static final List<ServerKind> KINDS = find();
    }

    private ServerFiles() {}

    static List<ServerKind> all() {
        return Found.KINDS;
    }

    /** The static one. */
    static Path ofArtifact() {
        return unpacked(STATIC + system() + "-" + machine());
    }

    private static List<ServerKind> find() {
        List<Path> files = Pattern.compile(",")
                .splitAsStream(System.getProperty("it.servers", ""))
                .filter(name -> !name.isBlank())
                .map(name -> Path.of(name.strip()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (files.isEmpty()) {
            files.add(ofArtifact());
            OLDEST.stream()
                    .map(name -> name + system() + "-" + machine())
                    .filter(name -> ServerFiles.class.getResource("/" + name) != null)
                    .map(ServerFiles::unpacked)
                    .filter(ServerFiles::runs)
                    .forEach(files::add);
        }
        return files.stream().map(ServerFiles::kind).toList();
    }

    private static ServerKind kind(Path file) {
        return new ServerKind(String.valueOf(file.getFileName()), options -> new EmbeddedRedis(file, options));
    }

    /** What runs in a container on this machine. */
    static byte[] linuxBinary() throws IOException {
        return bytes(STATIC + "linux-" + machine());
    }

    /** For this machine, once. */
    private static synchronized Path unpacked(String resource) {
        Path target = AgentJar.root().resolve("it/target").resolve(resource);
        try {
            if (!Files.isExecutable(target)) {
                Path fresh = Files.createTempFile(Files.createDirectories(target.getParent()), "redis", "");
                Files.write(fresh, bytes(resource));
                if (!fresh.toFile().setExecutable(true)) {
                    throw new IOException(fresh + " cannot be made executable");
                }
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return target;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static byte[] bytes(String resource) throws IOException {
        try (@Nullable InputStream source = ServerFiles.class.getResourceAsStream("/" + resource)) {
            if (source == null) {
                throw new IOException(resource + " is in no artifact: no server for this machine");
            }
            return source.readAllBytes();
        }
    }

    private static boolean runs(Path file) {
        try {
            Process process = new ProcessBuilder(file.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException missingLibrary) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static String machine() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
