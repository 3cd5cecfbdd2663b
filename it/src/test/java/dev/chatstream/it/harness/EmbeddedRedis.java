package dev.chatstream.it.harness;

import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server of a file on this machine, as a process in a folder of its own, which it keeps. */
public final class EmbeddedRedis implements RedisUnderTest {

    private final Path file;
    private final List<String> options;
    private final int port = Ports.free();
    private final RawClient client = new RawClient(port);
    private final Path directory;
    private @Nullable Process process;

    /**
     * The static server, whatever else this run uses.
     *
     * @param options those of redis-server
     */
    public EmbeddedRedis(List<String> options) {
        this(ServerFiles.ofArtifact(), options);
    }

    EmbeddedRedis(Path file, List<String> options) {
        this.file = file;
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
        return file.getFileName() + " as a process";
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
            List<String> command = new ArrayList<>(List.of(file.toString()));
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

    @Override
    public void close() {
        client.close();
        kill();
        Directories.delete(directory);
    }
}
