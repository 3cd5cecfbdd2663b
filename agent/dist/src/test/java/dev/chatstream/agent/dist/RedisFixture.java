package dev.chatstream.agent.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A real Redis beside the test, and a plain socket to ask it. */
final class RedisFixture implements AutoCloseable {

    private final Process process;
    private final int port;

    private RedisFixture(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RedisFixture start(Path directory) throws IOException {
        Path binary = directory.resolve("redis-server");
        try (InputStream in = RedisFixture.class.getResourceAsStream("/" + binaryName())) {
            Files.copy(in, binary, StandardCopyOption.REPLACE_EXISTING);
        }
        binary.toFile().setExecutable(true);
        int port = freePort();
        Process process = new ProcessBuilder(
                        binary.toString(),
                        "--port",
                        "" + port,
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--daemonize",
                        "no")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); !line.contains("Ready to accept connections"); line = out.readLine()) {
            if (!process.isAlive()) {
                throw new IOException("redis-server ended: " + line);
            }
        }
        Thread.ofVirtual().start(() -> out.lines().forEach(line -> {}));
        return new RedisFixture(process, port);
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** The first line of the answer to a command without spaces in its arguments. */
    String ask(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    private static String binaryName() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return "redis-server-7.0.15-" + (mac ? "darwin-" : "linux-") + arch;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
