package dev.chatstream.it.harness;

import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The static redis-server that comes with a Maven artifact, as a process in a folder of its own, which it keeps. */
public final class EmbeddedRedis implements RedisUnderTest {

    static final String VERSION = "7.0.15";

    private final List<String> options;
    private final int port = Ports.free();
    private final RawClient client = new RawClient(port);
    private final Path directory;
    private @Nullable Process process;

    /** @param options those of redis-server */
    public EmbeddedRedis(List<String> options) {
        this.options = List.copyOf(options);
        try {
            this.directory = Files.createTempDirectory("chatstream-it-redis");
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        restart();
    }

    @Override
    public String description() {
        return "redis-server " + VERSION + ", the embedded binary";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public RedisCommands<String, String> client() {
        return client.commands();
    }

    @Override
    public void kill() {
        Objects.requireNonNull(process).destroyForcibly().onExit().join();
    }

    @Override
    public void restart() {
        try {
            List<String> command = new ArrayList<>(List.of(binary().toString()));
            command.addAll(List.of("--port", Integer.toString(port), "--save", "", "--bind", "127.0.0.1"));
            command.addAll(options);
            Process started = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process = started;
            Lines log = new Lines("redis");
            log.follow(started.getInputStream());
            log.awaitContaining("Ready to accept connections");
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** What it has written since its first start, where its options make it keep that. */
    public byte[] appendOnlyFile() {
        try {
            return Files.readAllBytes(directory.resolve("appendonlydir/appendonly.aof.1.incr.aof"));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** The server's file for this machine, unpacked once. */
    static synchronized Path binary() throws IOException {
        Path target = AgentJar.root().resolve("it/target/redis-server-" + VERSION);
        if (!Files.isExecutable(target)) {
            Path fresh = Files.createTempFile(Files.createDirectories(target.getParent()), "redis", "");
            Files.write(fresh, bytes(resource(system())));
            if (!fresh.toFile().setExecutable(true)) {
                throw new IOException(fresh + " cannot be made executable");
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    /** What runs in a container on this machine. */
    static byte[] linuxBinary() throws IOException {
        return bytes(resource("linux"));
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream source = EmbeddedRedis.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(source, resource).readAllBytes();
        }
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static String resource(String system) {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return "/redis-server-" + VERSION + "-" + system + "-" + machine;
    }

    @Override
    public void close() {
        client.close();
        kill();
        Directories.delete(directory);
    }
}
