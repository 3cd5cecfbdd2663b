package dev.chatstream.agent.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One real server process on a port of its own, in a directory of its own. */
final class RedisServer implements AutoCloseable {

    private static final long STARTS_WITHIN = TimeUnit.SECONDS.toNanos(20);

    private final Binary kind;
    private final Path binary;
    private final Path directory;
    private final int port;
    private final List<String> arguments;
    private Process process;

    private RedisServer(Binary kind, Path binary, Path directory, int port, List<String> arguments) {
        this.kind = kind;
        this.binary = binary;
        this.directory = directory;
        this.port = port;
        this.arguments = arguments;
    }

    static RedisServer start(String... arguments) {
        return start(Binary.REDIS_7_0, arguments);
    }

    static RedisServer start(Binary binary, String... arguments) {
        int port = freePort();
        List<String> all = new ArrayList<>(List.of("--port", "" + port, "--save", "", "--bind", "127.0.0.1"));
        all.addAll(List.of(arguments));
        return start(binary, port, all);
    }

    /** With these arguments alone; the port is for clients of this class. */
    static RedisServer start(Binary binary, int port, List<String> arguments) {
        try {
            Path file = binary.file().orElseThrow();
            RedisServer server =
                    new RedisServer(binary, file, Files.createTempDirectory("redis"), port, List.copyOf(arguments));
            server.restart();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // a cluster's bus has the port that is 10,000 higher
            return socket.getLocalPort() < 50_000 ? socket.getLocalPort() : freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Also again, after {@link #kill}; on the same port. */
    void restart() {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            awaitStart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStart() throws IOException {
        long end = System.nanoTime() + STARTS_WITHIN;
        while (!Files.readString(directory.resolve("log"))
                .matches("(?s).*(eady to accept connections|Sentinel ID is).*")) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new AssertionError("no server: " + Files.readString(directory.resolve("log")));
            }
            Thread.onSpinWait();
        }
    }

    Binary binary() {
        return kind;
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    Path directory() {
        return directory;
    }

    Resp client() {
        return new Resp(port);
    }

    Object call(Object... words) {
        try (Resp client = client()) {
            return client.call(words);
        }
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops (SIGSTOP) or goes on (SIGCONT): the process keeps its port and answers nothing meanwhile. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
