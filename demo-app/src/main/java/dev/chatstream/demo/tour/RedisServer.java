package dev.chatstream.demo.tour;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A real redis-server on a free port of the loopback, without persistence: after a kill it comes back empty. */
final class RedisServer {
    private static final Duration START = Duration.ofSeconds(20);

    private final Household household;
    private final Path binary;
    private final int port;
    private Child child;

    private RedisServer(Household household, Path binary, int port) {
        this.household = household;
        this.binary = binary;
        this.port = port;
        child = launch();
    }

    static RedisServer start(Household household) {
        return start(household, "redis");
    }

    /** @param name of its folder in the household */
    static RedisServer start(Household household, String name) {
        try {
            Path folder = Files.createDirectories(household.folder().resolve(name));
            return new RedisServer(household, unpack(folder), freePort());
        } catch (IOException e) {
            throw new TourException("no redis-server can be unpacked", e);
        }
    }

    URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    void kill() {
        child.kill();
    }

    /** On the same port, with no data; nothing happens where it runs. */
    void startAgain() {
        if (!child.isAlive()) {
            child = launch();
        }
    }

    private Child launch() {
        List<String> command = List.of(
                binary.toString(),
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--maxmemory",
                "64mb");
        Child started = household.keep(() -> Child.start("redis", binary.resolveSibling("data"), Map.of(), command));
        started.lines().await("'Ready to accept connections'", line -> line.contains("Ready to accept"), START);
        return started;
    }

    private static Path unpack(Path folder) throws IOException {
        String name = "/redis-server-7.0.15-" + platform();
        Path binary = folder.resolve("redis-server");
        try (InputStream in = RedisServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new TourException("there is no redis-server for this machine (" + platform()
                        + "); give one of yours: --redis redis://host:port");
            }
            Files.copy(in, binary);
        }
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
        return binary;
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> os + "-arm64";
            case "x86", "i386" -> os + "-386";
            default -> os + "-amd64";
        };
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
