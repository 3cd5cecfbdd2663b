package dev.chatstream.it.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;

/** A port behind which is no Redis, or one that speaks TLS. */
public final class WrongServer implements AutoCloseable {

    private final ServerSocket socket;
    private final byte[] answer;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    private WrongServer(ServerSocket socket, byte[] answer) {
        this.socket = socket;
        this.answer = answer.clone();
        Thread.ofPlatform().daemon().name("wrong-server").start(this::serve);
    }

    /** Answers this to whatever comes first, and ends the connection; never answers where this is empty. */
    public static WrongServer answering(byte[] answer) throws IOException {
        return new WrongServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
    }

    /** Speaks TLS only. */
    public static WrongServer encrypted(Path directory) throws Exception {
        SSLContext context = Identity.of("server", directory).context(null);
        ServerSocket socket =
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        return new WrongServer(socket, new byte[] {'+', 'O', 'K', '\r', '\n'});
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                Thread.ofPlatform().daemon().start(() -> answer(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            int first = client.getInputStream().read();
            if (answer.length > 0 && first >= 0) {
                client.getOutputStream().write(answer);
                client.getOutputStream().flush();
                return;
            }
            while (client.getInputStream().read() >= 0) {
                // silence
            }
        } catch (IOException gone) {
            // the other side left, as it may
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : open) {
            client.close();
        }
    }
}
